using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>A note heard, and a phrase forgotten, in pieces.</summary>
public sealed partial class LearnedMusic
{
    /// <summary>In about so many pieces a note is learned, and as many a note is chosen.</summary>
    internal const int PiecesANote = 12;

    private const int Marking = 0, Asking = 1, Learning = 2;
    private int _stage, _piece;
    private bool _anew;

    /// <summary>What was begun of a note is left as it is: after a fault.</summary>
    internal void LeaveWork() => _stage = Marking;

    /// <summary>The next piece of what <see cref="Hear(TimedPitch, double)"/> does, with the same arguments until it was the last; nothing else is done to this music meanwhile. Whether it was.</summary>
    internal bool HearPiece(TimedPitch note, double rate = LiveRate)
    {
        switch (_stage)
        {
            case Marking:
                (_anew, _stage, _piece) = (_paused, Asking, 0);
                if (_paused) Performer.Restart();
                _paused = false;
                if (Heard.IsOpen) goto case Asking;
                MarkStart();
                return false;
            case Asking:
                if (_piece == 0)
                {
                    Heard.Add(note, _anew);
                    Performer.Await(note.Time);
                }

                var bits = 0.0;
                _piece = Council.HearPiece(Performer, note.Pitch, rate, _piece, ref bits);
                if (_piece >= 0) return false;
                Surprise = double.IsNaN(Surprise) ? bits : Surprise + (bits - Surprise) / 32;
                (_stage, _piece) = (Learning, 0);
                return false;
            default:
                var previous = Performer.Context.Previous;
                Members.Learn(Performer, note.Pitch, live: true, _piece);
                if (++_piece < CouncilMembers.LearningParts) return false;
                if (previous >= 0) Graph.Hear(previous, note.Pitch);
                NotesHeard++;
                _stage = Marking;
                return true;
        }
    }

    /// <summary>Piece <paramref name="piece"/> of what <see cref="TryForgetPhrase"/> does where a phrase is <see cref="Forgettable"/>, from 0 on, with nothing else done to this music meanwhile: the next piece; below 0 when it was the last.</summary>
    internal int ForgetPiece(int piece)
    {
        var phrase = Heard.Count - 1;
        var notes = Heard.Notes(phrase);
        switch (piece)
        {
            case 0:
                TakeBackEnding();
                return 1;
            case 1:
                (Surprise, NotesHeard) = StartOf(phrase).Restore(Performer, Amplitudes);
                return 2;
            case 2:
                Members.BeginRetracting(Performer, notes, _walking);
                return 3;
            case < 3 + CouncilMembers.Parts:
                Members.Retract(Performer, piece - 3);
                return piece + 1;
            default:
                var previous = Performer.Context.Previous;
                foreach (var note in notes)
                {
                    if (previous >= 0) Graph.TakeBack(previous, note.Pitch);
                    previous = note.Pitch;
                }

                _paused |= Heard.BeginsAnew(phrase);
                Heard.TakeBack();
                return -1;
        }
    }
}
