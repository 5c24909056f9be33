using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace QuantumImprov.Host.Stage.Archive;

/// <summary>Serves the recordings: <c>/recordings</c> is the list, <c>/recordings/NAME.json</c>, <c>.mid</c>, <c>.wav</c> and <c>.replay</c> are one. Nothing else on the disk can be named. [worker]</summary>
internal sealed class ArchiveDesk(IStageArchive archive)
{
    public const string Root = "/recordings";

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    // Sound takes a core for a while, and so does a replay: one at a time, and the others wait.
    private readonly SemaphoreSlim _rendering = new(1);

    /// <summary>Answers the request; false when the path names nothing here.</summary>
    public async Task<bool> ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == Root)
        {
            await SendAsync(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(archive.List(), Plain), null);
            return true;
        }

        if (!path.StartsWith(Root + "/", StringComparison.Ordinal)) return false;
        var file = path[(Root.Length + 1)..];
        var dot = file.LastIndexOf('.');
        if (dot <= 0) return false;
        var (name, kind) = (file[..dot], file[dot..]);
        if (kind == ".wav") return await WavAsync(context, name);
        if (kind == ".replay") return await ReplayAsync(context, name);
        var (content, type) = kind switch
        {
            ".mid" => (archive.Midi(name), "audio/midi"),
            ".json" => (archive.Notes(name) is { } notes ? Written(notes) : null, "application/json"),
            _ => (null, ""),
        };
        if (content is null) return false;
        await SendAsync(context, type, content, kind == ".mid" ? file : null);
        return true;
    }

    // Part, milliseconds, status, data, data: as in the notes of /live.
    private static byte[] Written(IReadOnlyList<(StagePart Part, double Seconds, Engine.Music.ShortMessage Message)> notes) =>
        JsonSerializer.SerializeToUtf8Bytes(notes.Select(n => new[] { (int)n.Part, Math.Round(1000 * n.Seconds, 1), n.Message.Status, n.Message.Data1, n.Message.Data2 }), Plain);

    private static async Task SendAsync(HttpContext context, string type, byte[] content, string? file)
    {
        Head(context, type, content.Length, file);
        if (HttpMethods.IsGet(context.Request.Method)) await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static void Head(HttpContext context, string type, long length, string? file)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = length;
        if (file is not null) context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
    }

    private async Task<bool> ReplayAsync(HttpContext context, string name)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.ContentType = "application/json";
            return archive.List().Any(recording => recording.Name == name);
        }

        await _rendering.WaitAsync(context.RequestAborted);
        try
        {
            // Below everything that makes music.
            var replay = await QuietThread.Run("replay", () => archive.Replay(name));
            if (replay is null) return false;
            await SendAsync(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(replay, Plain), null);
            return true;
        }
        finally
        {
            _rendering.Release();
        }
    }

    private async Task<bool> WavAsync(HttpContext context, string name)
    {
        await _rendering.WaitAsync(context.RequestAborted);
        try
        {
            await using var sound = await Task.Run(() => archive.Wav(name), context.RequestAborted);
            if (sound is null) return false;
            Head(context, "audio/wav", sound.Length, name + ".wav");
            if (HttpMethods.IsGet(context.Request.Method)) await sound.CopyToAsync(context.Response.Body, context.RequestAborted);
            return true;
        }
        finally
        {
            _rendering.Release();
        }
    }
}
