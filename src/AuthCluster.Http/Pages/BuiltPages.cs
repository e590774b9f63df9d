using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AuthCluster.Http.Pages;

/// <summary>The pages for people, which the program carries in itself. Who built it without them is told how to.</summary>
internal sealed class BuiltPages
{
    public const string HowToBuild = "The pages are not built: run `npm ci && npm run build` in src/web, then build the server again.\n";

    private const string ResourcePrefix = "pages/";
    private const string IndexName = "index.html";

    /// <summary>What the browser is told to resolve the page's addresses by. A proxy may serve the pages below a path.</summary>
    private const string Base = "<base href=\"/\">";

    /// <summary>Nothing of other hosts, no script or style in the page, and no text that becomes markup.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>The names of assets change with what is in them.</summary>
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, PageFile> _files;

    public BuiltPages(AuthClusterOptions options)
        : this(Carried(), options.PublicUrl is { } url ? new Uri(url).AbsolutePath : "/")
    {
    }

    /// <param name="files">By path; none where the pages are not built.</param>
    /// <param name="path">Where the browser sees them.</param>
    internal BuiltPages(IEnumerable<(string Path, byte[] Content)> files, string path)
    {
        _files = files.ToFrozenDictionary(
            file => file.Path,
            file => new PageFile(file.Path == IndexName ? Based(file.Content, path) : file.Content, ContentTypes[Path.GetExtension(file.Path)]),
            StringComparer.Ordinal);
    }

    /// <summary>Every address of a page is answered by the same document: its script shows the one that was asked for.</summary>
    public static IResult Index(HttpContext http, BuiltPages pages)
    {
        if (!pages._files.TryGetValue(IndexName, out var index))
            return TypedResults.Text(HowToBuild, "text/plain; charset=utf-8");
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return index.Answer(http);
    }

    public static IResult Asset(string name, HttpContext http, BuiltPages pages)
    {
        if (!pages._files.TryGetValue($"assets/{name}", out var asset))
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = Forever;
        return asset.Answer(http);
    }

    private static IEnumerable<(string Path, byte[] Content)> Carried()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            using (var resource = assembly.GetManifestResourceStream(name)!)
                resource.CopyTo(content);
            yield return (name[ResourcePrefix.Length..].Replace('\\', '/'), content.ToArray());
        }
    }

    private static byte[] Based(byte[] index, string path) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(index).Replace(Base, $"<base href=\"{path.TrimEnd('/')}/\">", StringComparison.Ordinal));

    private sealed class PageFile(byte[] content, string contentType)
    {
        private readonly byte[] _compressed = Compress(content);

        public FileContentHttpResult Answer(HttpContext http)
        {
            http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (!TakesGzip(http.Request))
                return TypedResults.Bytes(content, contentType);
            http.Response.Headers.ContentEncoding = "gzip";
            return TypedResults.Bytes(_compressed, contentType);
        }

        private static bool TakesGzip(HttpRequest request) =>
            StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
            && encodings.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);

        private static byte[] Compress(byte[] content)
        {
            var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
                gzip.Write(content);
            return compressed.ToArray();
        }
    }
}
