using System.Text;
using QuantumImprov.Qpu.Vendors.Braket;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Vendors;

/// <summary>
/// The signer against official test vectors of Signature Version 4, with the example keys that Amazon publishes, and the path rule for Braket and S3.
/// </summary>
public sealed class SigV4Tests
{
    private const string Key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Date = "20150830T123600Z";

    private static string Sign(string method, string path, string query, (string, string)[] headers, string body = "", string service = "service") =>
        SigV4.Signature(method, path, query, headers, Encoding.UTF8.GetBytes(body), Key, "us-east-1", service, Date).Signature;

    private static (string, string)[] Headers(params (string, string)[] more) => [("Host", "example.amazonaws.com"), ("X-Amz-Date", Date), .. more];

    [Fact]
    public void Plain_requests_have_the_published_signatures()
    {
        Assert.Equal("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", Sign("GET", "/", "", Headers()));
        Assert.Equal("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b", Sign("POST", "/", "", Headers()));
    }

    [Fact]
    public void Queries_are_sorted_and_header_values_trimmed()
    {
        Assert.Equal("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500", Sign("GET", "/", "Param2=value2&Param1=value1", Headers()));
        Assert.Equal("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736", Sign("GET", "/", "", Headers(("My-Header1", " value1"), ("My-Header2", " \"a   b   c\""))));
    }

    [Fact]
    public void A_path_is_encoded_once_more_than_on_the_wire()
    {
        Assert.Equal("8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85", Sign("GET", "/ሴ", "", Headers()));
        Assert.Equal("652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741", Sign("GET", "/example space/", "", Headers()));
        Assert.Equal("/arn%253Aaws%253Abraket%2Fx", SigV4.Canonical("GET", "/arn%3Aaws%3Abraket/x", "", Headers(), [], "braket").Split('\n')[1].Replace("/x", "%2Fx", StringComparison.Ordinal));
        Assert.Equal("/a%20b/c", SigV4.Canonical("GET", "/a%20b/c", "", Headers(), [], "s3").Split('\n')[1]);
    }

    [Fact]
    public void A_body_is_signed_by_its_hash() => Assert.Equal(
        "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
        Sign("POST", "/", "", Headers(("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "13"), ("x-amz-content-sha256", "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e")), "Param1=value1"));

    [Fact]
    public void A_request_carries_date_scope_and_for_S3_the_hash_of_its_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://amazon-braket-example.s3.us-east-1.amazonaws.com/my%20tasks/results.json");
        var redactor = new QuantumImprov.Qpu.Secrets.Redactor();
        SigV4.Sign(request, [], new SigV4.Keys("AKIDEXAMPLE", redactor.Hide(Key), redactor.Hide("session-token-1")), "us-east-1", "s3", new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        Assert.Equal(Date, request.Headers.GetValues("X-Amz-Date").Single());
        Assert.Equal("session-token-1", request.Headers.GetValues("X-Amz-Security-Token").Single());
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", request.Headers.GetValues("x-amz-content-sha256").Single());
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$", request.Headers.GetValues("Authorization").Single());
    }
}
