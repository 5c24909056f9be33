namespace NAudio.Wave;

public interface IWavePlayer : IDisposable;
