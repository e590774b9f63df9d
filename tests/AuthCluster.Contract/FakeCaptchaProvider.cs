using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuthCluster.Contract;

/// <summary>
/// A captcha provider on this machine, asked as the real ones are. Which captchas it takes goes by their text: <see cref="Solved"/>, and no
/// other; some get answers that no provider should give.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process.")]
internal sealed class FakeCaptchaProvider
{
    public const string Secret = "secret of the fake provider";
    public const string Solved = "solved";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly List<string> _asked = [];

    private FakeCaptchaProvider() => _listener.Start();

    /// <summary>One for all tests; it lives as long as they do.</summary>
    public static FakeCaptchaProvider Shared { get; } = Start();

    public string Url => $"http://{_listener.LocalEndpoint}/siteverify";

    public static string[] Settings(int after) =>
    [
        "Captcha:Provider=Turnstile", $"Captcha:Secret={Secret}", $"Captcha:VerifyUrl={Shared.Url}", $"Captcha:After={after}",
    ];

    /// <summary>The forms that were sent for this captcha.</summary>
    public IReadOnlyList<string> Asked(string captcha)
    {
        lock (_lock)
            return [.. _asked.Where(form => Field(form, "response") == captcha)];
    }

    public static string? Field(string form, string name) => form.Split('&').Select(field => field.Split('=', 2))
        .Where(field => field[0] == name).Select(field => WebUtility.UrlDecode(field[1])).SingleOrDefault();

    private static FakeCaptchaProvider Start()
    {
        var provider = new FakeCaptchaProvider();
        _ = provider.AcceptAsync();
        return provider;
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync());
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var form = await ReadFormAsync(reader);
            lock (_lock)
                _asked.Add(form);
            if (AnswerTo(form) is { } answer)
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            else
                await reader.ReadToEndAsync();
        }
    }

    private static async Task<string> ReadFormAsync(StreamReader reader)
    {
        var length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(header.AsSpan("Content-Length:".Length), CultureInfo.InvariantCulture);
        }

        var form = new char[length];
        await reader.ReadBlockAsync(form);
        return new string(form);
    }

    /// <summary><c>null</c> where there is none: whoever asked gives up waiting.</summary>
    private string? AnswerTo(string form) => Field(form, "response") switch
    {
        Solved => Answer("200 OK", Field(form, "secret") == Secret ? """{"success":true}""" : """{"success":false}"""),
        "silence" => null,
        "text in place of true" => Answer("200 OK", """{"success":"true"}"""),
        "list" => Answer("200 OK", """[{"success":true}]"""),
        "no JSON" => Answer("200 OK", "success: true"),
        "empty" => Answer("200 OK", ""),
        "failure" => Answer("500 Internal Server Error", """{"success":true}"""),
        "redirect" => Answer($"302 Found\r\nLocation: {Url}", ""),
        "endless" => Answer("200 OK", """{"success":true}""" + new string(' ', 1024 * 1024)),
        // Where the redirect leads.
        null => Answer("200 OK", """{"success":true}"""),
        _ => Answer("200 OK", """{"success":false,"error-codes":["invalid-input-response"]}"""),
    };

    private static string Answer(string status, string body) =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
}
