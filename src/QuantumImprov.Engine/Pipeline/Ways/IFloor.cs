using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>What a <see cref="Way"/> may do in the pipeline. [engine]</summary>
internal interface IFloor
{
    /// <summary>The bridge between musical and clock time now.</summary>
    Timeline Timeline { get; }

    /// <summary>Whether somebody stated the tempo.</summary>
    bool TempoKnown { get; }

    /// <summary>The plan that waits to be played.</summary>
    PlanAhead Ahead { get; }

    /// <summary>How answers are made.</summary>
    Answering Answering { get; }

    /// <summary>What was and is being learned.</summary>
    LearnedMusic Learned { get; }

    /// <summary>Emits the notes.</summary>
    Player Player { get; }

    /// <summary>The voices that follow the performer's keys.</summary>
    FollowingVoices Following { get; }

    /// <summary>Whether nothing of the partner may sound.</summary>
    bool IsMuted { get; }

    /// <inheritdoc cref="Listening.Keyboard.HearsPercussionAsPitch"/>
    bool HearsPercussionAsPitch { get; }

    /// <summary>The phrase closed last, or being listened to, as music.</summary>
    Call Call { get; }

    /// <summary>Whether the end of the phrase was taken and nothing was played since.</summary>
    bool IsPhraseTaken { get; }

    /// <summary>Whether any note was played since the last phrase was closed.</summary>
    bool HasNotes { get; }

    /// <summary>Whether the phrase closed last may go on: nothing was changed since.</summary>
    bool MayResume { get; }

    /// <summary>The last key of the phrase came up, or went down, then.</summary>
    HostTime LastActivity { get; }

    /// <summary>Whether the phrase's end needed no silence (see <see cref="Listening.EndPrediction.IsCertain"/>).</summary>
    bool EndIsCertain { get; }

    /// <summary>Reads, learns and keeps the phrase as far as it got; gives the key to answer it in. What is played next begins another one.</summary>
    Key Close(HostTime now);

    /// <summary>The key to play in with the <see cref="Call"/> as it was read, which has <paramref name="ended"/> or not; the one judged last is likelier to hold on than another.</summary>
    Key JudgeKey(bool ended);

    /// <summary>Reads the phrase as far as it got into <see cref="Call"/>, and learns what is over by now.</summary>
    void ListenIn(HostTime now);

    /// <summary>Another phrase begins.</summary>
    void BeginPhrase();

    /// <summary>The phrase closed last had only drawn breath: it goes on, and is not kept twice.</summary>
    void ResumePhrase();

    /// <summary>The silence that was taken for a phrase end was none in this way of playing: the phrase goes on.</summary>
    void GoOn();

    /// <summary>From <paramref name="at"/> on bars are counted; only while no tempo is stated.</summary>
    void BeginBars(HostTime at);
}
