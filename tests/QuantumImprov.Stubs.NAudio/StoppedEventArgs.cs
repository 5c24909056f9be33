namespace NAudio.Wave;

public class StoppedEventArgs(Exception? exception = null) : EventArgs
{
    public Exception? Exception { get; } = exception;
}
