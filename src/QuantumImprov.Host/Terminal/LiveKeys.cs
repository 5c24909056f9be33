using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Live;

namespace QuantumImprov.Host.Terminal;

/// <summary>What each key of the terminal does in a live session.</summary>
public static class LiveKeys
{
    /// <summary>The keys in words, a line each: first what one needs at once, then what is learned, then the rest.</summary>
    public static IReadOnlyList<string> Help { get; } =
    [
        "space silence everything   m mute   o take over   e my phrase is over   v draw the answer anew   x stop and begin anew   t tap   p next preset   q quit",
        "f forget the last phrase   l like it (again: no longer)   1 to 9 keep the last phrases only   C clear   u undo   z learn nothing   s store   r recall   [ ] repertoire before, after   a listen to what was offered",
        "y whose time   j roll or stop JACK's transport",
    ];

    /// <summary>Does what <paramref name="key"/> says to <paramref name="play"/>; false when it says that the session is over.</summary>
    public static bool Press(char key, LivePlay play)
    {
        switch (key)
        {
            case 'f': play.Forget(); break;
            case 'l': play.Ask(CommandKind.Favour); break;
            case >= '1' and <= '9': play.Keep(key - '0'); break;
            // A capital, so that no slip of the finger clears everything.
            case 'C': play.Clear(); break;
            case 's': play.Store(); break;
            case 'r': play.Recall(); break;
            case '[': play.Ask(CommandKind.Repertoire, Repertoire(play) - 1); break;
            case ']': play.Ask(CommandKind.Repertoire, Repertoire(play) + 1); break;
            case ' ': play.Panic(); break;
            case 'm': play.Ask(CommandKind.Mute, -1); break;
            case 'a': play.AcceptOffer(); break;
            case 'o': play.Ask(CommandKind.TakeOver, -1); break;
            case 'z': play.Ask(CommandKind.Freeze, -1); break;
            case 'e': play.Ask(CommandKind.EndCall); break;
            case 'v': play.Ask(CommandKind.Mutate); break;
            case 'x': play.Ask(CommandKind.Reset); break;
            case 't': play.Ask(CommandKind.Tap); break;
            case 'y': play.Ask(CommandKind.Sync, -1); break;
            case 'j': play.TurnTransport(); break;
            case 'p': play.Ask(CommandKind.NextPreset); break;
            case 'u': play.Ask(CommandKind.Undo); break;
            case 'q' or 'Q': return false;
        }

        return true;
    }

    private static int Repertoire(LivePlay play) => play.Engine.Snapshot.RepertoireAsked ?? play.Engine.Snapshot.Repertoire;
}
