using AuthCluster.Clients;
using Xunit;

namespace AuthCluster.Tests.Clients;

public sealed class DeviceFamilyTests
{
    private const string Blink = "AppleWebKit/537.36 (KHTML, like Gecko)";
    private const string WebKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
    private const string ChromeOnWindows = $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {Blink} Chrome/142.0.0.0 Safari/537.36";

    public static TheoryData<string, string> UserAgents { get; } = new()
    {
        { "Chrome on Windows", ChromeOnWindows },
        { "Chrome on macOS", $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {Blink} Chrome/141.0.0.0 Safari/537.36" },
        { "Chrome on Linux", $"Mozilla/5.0 (X11; Linux x86_64) {Blink} Chrome/139.0.0.0 Safari/537.36" },
        { "Chrome on ChromeOS", $"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {Blink} Chrome/140.0.0.0 Safari/537.36" },
        { "Chrome on Android", $"Mozilla/5.0 (Linux; Android 10; K) {Blink} Chrome/142.0.0.0 Mobile Safari/537.36" },
        { "Chrome on iPhone", $"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {WebKit} CriOS/141.0 Mobile/15E148 Safari/604.1" },
        { "Chrome on iOS", $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_5) {WebKit} CriOS/102 Version/11.1.1 Safari/605.1.15" },
        { "Chromium on Linux", $"Mozilla/5.0 (X11; Linux x86_64) {Blink} Ubuntu Chromium/80.0.3987.87 Chrome/80.0.3987.87 Safari/537.36" },
        { "Headless Chrome on Linux", $"Mozilla/5.0 (X11; Linux x86_64) {Blink} HeadlessChrome/140.0.0.0 Safari/537.36" },
        { "Edge on Windows", ChromeOnWindows + " Edg/142.0.0.0" },
        { "Edge on Windows", $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {Blink} Chrome/64.0.3282.140 Safari/537.36 Edge/17.17134" },
        { "Edge on Android", $"Mozilla/5.0 (Linux; Android 10; HD1913) {Blink} Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.0.0" },
        { "Edge on iPhone", $"Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) {WebKit} EdgiOS/141.0 Mobile/15E148 Safari/605.1.15" },
        { "Firefox on Windows", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0" },
        { "Firefox on Linux", "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0" },
        { "Firefox on macOS", "Mozilla/5.0 (Macintosh; Intel Mac OS X 15.7; rv:144.0) Gecko/20100101 Firefox/144.0" },
        { "Firefox on BSD", "Mozilla/5.0 (X11; FreeBSD amd64; rv:140.0) Gecko/20100101 Firefox/140.0" },
        { "Firefox on Android", "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0" },
        { "Firefox on iPad", $"Mozilla/5.0 (iPad; CPU OS 15_7 like Mac OS X) {WebKit} FxiOS/144.0 Mobile/15E148 Safari/605.1.15" },
        { "Safari on macOS", $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WebKit} Version/18.6 Safari/605.1.15" },
        { "Safari on iPhone", $"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {WebKit} Version/18.6 Mobile/15E148 Safari/604.1" },
        { "Safari on iPad", $"Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) {WebKit} Version/16.6 Mobile/15E148 Safari/604.1" },
        { "Opera on Windows", ChromeOnWindows + " OPR/122.0.0.0" },
        { "Opera on Android", $"Mozilla/5.0 (Linux; Android 14; SM-A536B) {Blink} Chrome/137.0.0.0 Mobile Safari/537.36 OPR/91.3.0" },
        { "Opera on Windows", "Opera/9.80 (Windows NT 6.1; U; en) Presto/2.10.289 Version/12.02" },
        { "Samsung Internet on Android", $"Mozilla/5.0 (Linux; Android 10; K) {Blink} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36" },
        { "Vivaldi on Linux", $"Mozilla/5.0 (X11; Linux x86_64) {Blink} Chrome/138.0.0.0 Safari/537.36 Vivaldi/7.5.3735.58" },
        { "DuckDuckGo on macOS", $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WebKit} Version/18.6 Safari/605.1.15 Ddg/18.6" },
        { "Silk on Android", $"Mozilla/5.0 (Linux; Android 9; KFMAWI) {Blink} Silk/120.3.1 like Chrome/120.0.0.0 Safari/537.36" },
        { "Internet Explorer on Windows", "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko" },
        { "Edge on Windows Phone", $"Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Lumia 950) {Blink} Chrome/52.0 Safari/537.36 Edge/15.15063" },
        { "Facebook on iPhone", $"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {WebKit} Mobile/22G86 [FBAN/FBIOS;FBAV/531.0]" },
        { "Instagram on iPhone", $"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {WebKit} Mobile/15E148 Instagram 400.0 (iOS 18_5)" },
        { "WebView on Android", $"Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) {Blink} Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36" },
        { "WebView on iPhone", $"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {WebKit} Mobile/15E148" },
        { "Googlebot on Android", $"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) {Blink} Chrome/141.0 Safari/537.36 (compatible; Googlebot/2.1)" },
        { "Bot", "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)" },
        { "Browser on Linux", "Mozilla/5.0 (X11; Linux x86_64) SomethingNew/1.0" },
        { "curl", "curl/8.14.1" },
        { "python-requests", "python-requests/2.32.4" },
        { "okhttp", "okhttp/4.12.0" },
        { "Dalvik on Android", "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UD1A)" },
        { "MyApp on iPhone", "MyApp-2.1/77 (iPhone; iOS 18.6; Scale/3.00)" },
        { "MyApp on Apple device", "MyApp/1 CFNetwork/3826.600.41 Darwin/24.6.0" },
        { "Go-http-client", "Go-http-client/2.0" },
    };

    public static TheoryData<string?> Nameless => new()
    {
        null, "", " ", "-", "1.0", "Mozilla", "Mozilla/5.0", "(null)/(null)",
        "<script>alert(1)</script>", "Ünïcode/1.0", "a\u0000b/1.0", "\"quoted\"/1", new string('a', 41),
    };

    [Theory]
    [MemberData(nameof(UserAgents))]
    public void A_client_is_named_after_its_browser_and_system(string family, string userAgent) => Assert.Equal(family, DeviceFamily.Of(userAgent));

    [Theory]
    [MemberData(nameof(Nameless))]
    public void A_client_that_says_nothing_usable_is_unknown(string? userAgent) => Assert.Equal(DeviceFamily.Unknown, DeviceFamily.Of(userAgent));

    [Theory]
    [MemberData(nameof(UserAgents))]
    public void An_update_changes_nothing(string family, string userAgent)
    {
        var updated = string.Concat(userAgent.Select(letter => char.IsAsciiDigit(letter) && letter != '9' ? (char)(letter + 1) : letter));
        // Digits of systems, not of versions.
        updated = updated.Replace("Win75", "Win64", StringComparison.Ordinal).Replace("x97_75", "x86_64", StringComparison.Ordinal);
        Assert.Equal(family, DeviceFamily.Of(updated));
    }

    [Fact]
    public void What_stands_behind_the_first_256_characters_is_not_read()
    {
        var padded = "Mozilla/5.0 (" + new string(' ', 243);
        Assert.Equal("Browser on Linux", DeviceFamily.Of("Mozilla/5.0 (Linux" + new string(' ', 238) + "Firefox/1"));
        Assert.Equal(DeviceFamily.Unknown, DeviceFamily.Of(padded + "Windows"));
    }

    [Fact]
    public void Known_families_are_not_built_anew() => Assert.Same(DeviceFamily.Of(ChromeOnWindows), DeviceFamily.Of(ChromeOnWindows + " "));

    [Fact]
    public void The_longest_family_fits()
    {
        var longest = KnownClients.Systems.MaxBy(system => system.Name.Length)!;
        Assert.InRange(DeviceFamily.Of(new string('a', 40) + " " + longest.Marks[0]).Length, 41, 64);
        Assert.InRange(KnownClients.Browsers.Max(browser => browser.Name.Length) + " on ".Length + longest.Name.Length, 1, 64);
    }
}
