namespace AuthCluster.Clients;

/// <param name="Marks">Any of these in a user agent tells the family.</param>
internal sealed record KnownClient(string Name, params string[] Marks);

/// <summary>
/// What user agents give away. The order matters: the first mark found decides, and most clients carry the marks of others for compatibility
/// (Edge says Chrome and Safari, Chrome says Safari, Windows Phone says Android, Android says Linux, Chrome on an iPad says Macintosh beside CriOS).
/// </summary>
internal static class KnownClients
{
    public static readonly KnownClient[] Browsers =
    [
        new("Googlebot", "Googlebot"),
        new("Bingbot", "bingbot"),
        new("Bot", "bot/", "Bot/", "bot;", "bot)", "crawler", "Crawler", "spider", "Spider"),

        // Pages shown inside an app.
        new("Facebook", "FBAN/", "FBAV/", "FB_IAB/"),
        new("Instagram", "Instagram "),
        new("WeChat", "MicroMessenger/"),
        new("WhatsApp", "WhatsApp/"),
        new("TikTok", "musical_ly", "BytedanceWebview", "TikTok"),
        new("Snapchat", "Snapchat/"),
        new("Pinterest", "Pinterest/"),
        new("LinkedIn", "LinkedInApp"),
        new("X", "Twitter for "),
        new("LINE", " Line/"),
        new("Google app", "GSA/"),
        new("Electron app", "Electron/"),

        // On Chromium, or on WebKit.
        new("Edge", "Edg/", "EdgA/", "EdgiOS/", "Edge/"),
        new("Opera", "OPR/", "OPiOS/", "OPT/", "OPX/", "Opera"),
        new("Meta Quest Browser", "OculusBrowser/"),
        new("Samsung Internet", "SamsungBrowser/"),
        new("Vivaldi", "Vivaldi/"),
        new("Brave", "Brave/", "Brave Chrome/"),
        new("DuckDuckGo", "DuckDuckGo/", "Ddg/"),
        new("Yandex Browser", "YaBrowser/"),
        new("UC Browser", "UCBrowser", "UBrowser/"),
        new("QQ Browser", "QQBrowser"),
        new("Huawei Browser", "HuaweiBrowser/"),
        new("Mi Browser", "MiuiBrowser/"),
        new("Whale", "Whale/"),
        new("Silk", "Silk/"),
        new("Headless Chrome", "HeadlessChrome/"),

        new("SeaMonkey", "SeaMonkey/"),
        new("Pale Moon", "PaleMoon/"),
        new("Firefox", "Firefox/", "FxiOS/"),
        new("Internet Explorer", "MSIE ", "Trident/"),
        new("WebView", "; wv)"),
        new("Chromium", "Chromium/"),
        new("Chrome", "Chrome/", "CriOS/"),
        new("Safari", "Safari/"),
        new("WebView", "AppleWebKit/"),
    ];

    public static readonly KnownClient[] Systems =
    [
        new("Windows Phone", "Windows Phone", "IEMobile"),
        new("Xbox", "Xbox"),
        new("Windows", "Windows", "Win64", "Win32", "Win98", "WinNT"),
        new("iPhone", "iPhone"),
        new("iPad", "iPad"),
        new("iPod", "iPod"),
        new("Apple TV", "AppleTV", "Apple TV", "tvOS"),
        new("Apple Watch", "watchOS", "Apple Watch"),
        new("HarmonyOS", "HarmonyOS", "OpenHarmony"),
        new("KaiOS", "KAIOS", "KaiOS"),
        new("Tizen", "Tizen"),
        new("webOS", "Web0S", "webOS"),
        new("Android", "Android", "android", "Adr ", "Silk/", "OculusBrowser/"),
        new("ChromeOS", "CrOS"),
        new("iOS", "iOS"),
        new("macOS", "Macintosh", "Mac OS X", "macOS", "macos", "darwin"),
        new("PlayStation", "PlayStation", "PLAYSTATION"),
        new("Nintendo", "Nintendo"),
        new("BSD", "FreeBSD", "OpenBSD", "NetBSD"),
        new("Linux", "Linux", "linux", "X11"),

        // Apple's network library names a kernel: with an Intel processor it is a Mac.
        new("macOS", "(x86_64)", "(i386)"),
        new("Apple device", "Darwin/"),
    ];
}
