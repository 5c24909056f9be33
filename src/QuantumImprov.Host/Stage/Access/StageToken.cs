using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace QuantumImprov.Host.Stage.Access;

/// <summary>
/// The secret that lets other machines in: 128 random bits, made anew at each start. It is shown once, in the address that is opened first, and never written anywhere; a
/// browser then keeps it as a cookie. [any]
/// </summary>
public sealed class StageToken
{
    /// <summary>The cookie, and the parameter of the address.</summary>
    public const string Cookie = "stage", Parameter = "token";

    private readonly byte[] _utf8;

    private StageToken(string text) => (Text, _utf8) = (text, Encoding.UTF8.GetBytes(text));

    /// <summary>The token: 22 letters, digits, hyphens and underscores.</summary>
    internal string Text { get; }

    /// <summary>A fresh one.</summary>
    public static StageToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    /// <summary>Whether <paramref name="offered"/> is it; takes as long whatever of it is right.</summary>
    public bool Is(string? offered) => offered is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), _utf8);

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => "(a stage token)";
}
