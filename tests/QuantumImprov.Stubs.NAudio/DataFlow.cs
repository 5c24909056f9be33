namespace NAudio.CoreAudioApi;

public enum DataFlow
{
    Render,
    Capture,
    All,
}
