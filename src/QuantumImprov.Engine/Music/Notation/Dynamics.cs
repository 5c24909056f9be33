namespace QuantumImprov.Engine.Music.Notation;

/// <summary>The written dynamics and the velocities they stand for.</summary>
internal static class Dynamics
{
    public const byte Default = 80;
    private const int AccentStep = 16;

    private static readonly (string Mark, byte Velocity)[] Levels = [("pp", 33), ("p", 49), ("mp", 64), ("mf", Default), ("f", 96), ("ff", 112)];

    public static byte Accented(byte velocity) => (byte)Math.Min(127, velocity + AccentStep);

    public static byte? OfMark(string mark)
    {
        foreach (var level in Levels)
            if (level.Mark == mark)
                return level.Velocity;
        return null;
    }

    public static string? MarkOf(byte velocity)
    {
        foreach (var level in Levels)
            if (level.Velocity == velocity)
                return level.Mark;
        return null;
    }
}
