using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Processing;

/// <summary>What a <see cref="Wish"/> asks for.</summary>
internal enum WishKind
{
    /// <summary>A message of the performer.</summary>
    Message,

    /// <summary>The dials stand where the parameters say.</summary>
    Dials,

    /// <summary>Play as the preset and way parameters say.</summary>
    Preset,

    /// <summary>Silence the partner or let it sound.</summary>
    Mute,

    /// <summary>Learn nothing, or learn.</summary>
    Freeze,

    /// <summary>Play in the performer's place, or leave it to him.</summary>
    TakeOver,

    /// <summary>The phrase is over.</summary>
    EndCall,

    /// <summary>Draw the answer anew.</summary>
    Mutate,

    /// <summary>Forget the last phrase.</summary>
    Forget,

    /// <summary>Forget the last phrase if it was heard in this pass.</summary>
    ForgetPass,

    /// <summary>End what is played and the phrase.</summary>
    Stop,

    /// <summary>Begin as at the start of a performance.</summary>
    BeginAnew,

    /// <summary>Beats pass by another tempo, metre or place in the bar.</summary>
    Follow,

    /// <summary>Choose by shots of a device, or not.</summary>
    Shots,

    /// <summary>Know other music.</summary>
    Adopt,
}

/// <summary>Something the engine is to do at an instant. It waits while the engine works off what came before. [audio]</summary>
/// <param name="At">When it was asked; it counts from then.</param>
/// <param name="Kind">What.</param>
internal readonly record struct Wish(HostTime At, WishKind Kind)
{
    /// <summary>For <see cref="WishKind.Message"/>.</summary>
    internal ShortMessage Message { get; init; }

    /// <summary>For switches: above 0 on.</summary>
    internal double Value { get; init; }

    /// <summary>For <see cref="WishKind.Follow"/>: the tempo.</summary>
    internal Tempo Tempo { get; init; }

    /// <summary>For <see cref="WishKind.Follow"/>: the metre.</summary>
    internal Metre Metre { get; init; }

    /// <summary>For <see cref="WishKind.Follow"/>: how far in the bar the instant is.</summary>
    internal Beats InBar { get; init; }
}
