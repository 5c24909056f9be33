namespace NAudio.Wave;

public static class WaveExtensionMethods
{
    public static void Init(this IWavePlayer wavePlayer, ISampleProvider sampleProvider) => ((WasapiPlayer)wavePlayer).Provider = sampleProvider;
}
