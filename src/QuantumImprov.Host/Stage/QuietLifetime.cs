using Microsoft.Extensions.Hosting;

namespace QuantumImprov.Host.Stage;

/// <summary>In place of the framework's console lifetime, which would catch Ctrl-C and SIGTERM: those are the program's, not the web server's.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
