namespace NAudio.CoreAudioApi;

public enum Role
{
    Console,
    Multimedia,
    Communications,
}
