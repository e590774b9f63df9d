using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>What came back for one request.</summary>
public sealed class Answer
{
    private readonly Dictionary<string, string> _headers;

    private Answer(int status, Dictionary<string, string> headers, byte[] body)
    {
        Status = status;
        _headers = headers;
        Body = body;
    }

    public int Status { get; }

    /// <summary>Those of the content too.</summary>
    public IReadOnlyDictionary<string, string> Headers => _headers;

    public byte[] Body { get; }

    public string Text => Encoding.UTF8.GetString(Body);

    public string? MediaType => Header("Content-Type")?.Split(';')[0];

    public JsonElement Json
    {
        get
        {
            Assert.True(Body.Length > 0, $"{Status} without a body");
            return JsonElement.Parse(Body);
        }
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var received = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, received, await response.Content.ReadAsByteArrayAsync());
    }

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>The value that it sets a cookie to; <c>null</c> where it sets none of this name.</summary>
    public string? Cookie(string name) => SetCookie(name)?.Split(';')[0][(name.Length + 1)..];

    /// <summary>The whole header that sets a cookie.</summary>
    public string? SetCookie(string name) =>
        Array.Find(Header("Set-Cookie")?.Split(", ") ?? [], cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal));

    public Answer AssertStatus(int status)
    {
        Assert.True(status == Status, $"Expected {status}, got {Status}: {Text}");
        return this;
    }

    public void AssertEmpty(int status)
    {
        AssertStatus(status);
        Assert.Empty(Body);
    }

    /// <summary>Asserts that nothing but the date tells the two apart.</summary>
    public void AssertSameAs(Answer other)
    {
        Assert.Equal(Status, other.Status);
        Assert.Equal(Body, other.Body);
        Assert.Equal(HeadersButDate(), other.HeadersButDate());
    }

    /// <summary>Asserts an RFC 9457 problem in full.</summary>
    /// <param name="fields">With <c>validation_failed</c>: exactly the fields that <c>errors</c> names.</param>
    public Answer AssertProblem(int status, string code, params string[] fields)
    {
        AssertStatus(status);
        Assert.Equal("application/problem+json", MediaType);
        var problem = Json;
        Assert.StartsWith("urn:", problem.Text("type"), StringComparison.Ordinal);
        Assert.True(Uri.IsWellFormedUriString(problem.Text("type"), UriKind.Absolute));
        Assert.NotEmpty(problem.Text("title"));
        Assert.NotEmpty(problem.Text("detail"));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.Text("code"));
        AssertErrors(problem, code, fields);
        if (status == 401)
            Assert.False(string.IsNullOrEmpty(Header("WWW-Authenticate")), "401 without WWW-Authenticate");
        if (status is 429 or 503)
            Assert.True(RetryAfter >= TimeSpan.FromSeconds(1));
        return this;
    }

    public TimeSpan RetryAfter
    {
        get
        {
            Assert.NotNull(Header("Retry-After"));
            return TimeSpan.FromSeconds(int.Parse(Header("Retry-After")!, CultureInfo.InvariantCulture));
        }
    }

    private IEnumerable<KeyValuePair<string, string>> HeadersButDate() =>
        _headers.Where(header => header.Key != "Date").OrderBy(header => header.Key, StringComparer.Ordinal);

    private static void AssertErrors(JsonElement problem, string code, string[] fields)
    {
        if (code != "validation_failed")
        {
            Assert.False(problem.TryGetProperty("errors", out _), "errors belong to validation failures");
            return;
        }

        var errors = problem.GetProperty("errors");
        errors.AssertMembers(fields);
        foreach (var field in errors.EnumerateObject())
        {
            Assert.NotEqual(0, field.Value.GetArrayLength());
            Assert.All(field.Value.EnumerateArray(), message => Assert.NotEmpty(message.GetString()!));
        }
    }
}
