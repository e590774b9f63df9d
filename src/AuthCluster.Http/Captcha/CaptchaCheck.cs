using System.Net;
using System.Text.Json;
using AuthCluster.Http.Settings;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Captcha;

/// <summary>Asks the provider whether a captcha was solved. No answer in time, or one that is not understood, is no.</summary>
internal sealed partial class CaptchaCheck : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // An answer has a few hundred bytes.
    private const int AnswerLimit = 64 * 1024;

    private readonly CaptchaOptions _options;
    private readonly HttpClient _http;
    private readonly ILogger<CaptchaCheck> _logger;

    public CaptchaCheck(CaptchaOptions options, ILogger<CaptchaCheck> logger)
    {
        _options = options;
        _logger = logger;
        // A check that finds no connection waits for one within the same two seconds.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(handler, disposeHandler: true) { Timeout = Patience, MaxResponseContentBufferSize = AnswerLimit };
    }

    /// <param name="token">What the provider's script gave the browser.</param>
    public async Task<bool> PassesAsync(string token, IPAddress? address)
    {
        var fields = new Dictionary<string, string> { ["secret"] = _options.Secret!, ["response"] = token };
        if (address is not null)
            fields["remoteip"] = address.ToString();
        try
        {
            using var form = new FormUrlEncodedContent(fields);
            using var response = await _http.PostAsync(Url, form);
            response.EnsureSuccessStatusCode();
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            return IsSuccess(answer.RootElement);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException)
        {
            LogNoAnswer(_options.Provider, failure.Message);
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private Uri Url => new(_options.VerifyUrl ?? _options.Provider switch
    {
        CaptchaProvider.reCAPTCHA => "https://www.google.com/recaptcha/api/siteverify",
        CaptchaProvider.hCaptcha => "https://api.hcaptcha.com/siteverify",
        CaptchaProvider.Turnstile => "https://challenges.cloudflare.com/turnstile/v0/siteverify",
        _ => throw new InvalidOperationException("There is no captcha provider."),
    });

    private bool IsSuccess(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            throw new JsonException("The answer is no JSON object.");
        if (answer.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True)
            return true;
        // All three providers name it like this. Users cannot mend it.
        if (answer.TryGetProperty("error-codes", out var codes) && codes.ToString().Contains("-input-secret", StringComparison.Ordinal))
            LogWrongSecret(_options.Provider);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No captcha could be checked, so logins that need one are refused: {Provider} gave no answer: {Reason}")]
    private partial void LogNoAnswer(CaptchaProvider? provider, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No captcha could be checked, so logins that need one are refused: {Provider} does not take Captcha:Secret")]
    private partial void LogWrongSecret(CaptchaProvider? provider);
}
