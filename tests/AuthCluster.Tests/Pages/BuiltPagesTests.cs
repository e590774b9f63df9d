using System.IO.Compression;
using System.Text;
using AuthCluster.Http.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunit;

namespace AuthCluster.Tests.Pages;

public sealed class BuiltPagesTests
{
    private const string Document = "<!doctype html><head><base href=\"/\"></head>";

    [Fact]
    public void A_build_without_pages_says_in_one_line_how_to_build_them()
    {
        var answer = Assert.IsType<ContentHttpResult>(BuiltPages.Index(new DefaultHttpContext(), new BuiltPages([], "/")));

        Assert.Equal(BuiltPages.HowToBuild, answer.ResponseContent);
        Assert.Equal(1, BuiltPages.HowToBuild.Count(c => c == '\n'));
        Assert.Contains("npm ci && npm run build", BuiltPages.HowToBuild, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/accounts", "/accounts/")]
    [InlineData("/accounts/", "/accounts/")]
    public void The_document_says_where_the_browser_sees_it(string path, string expected)
    {
        var pages = new BuiltPages([("index.html", Encoding.UTF8.GetBytes(Document))], path);

        var answer = Assert.IsType<FileContentHttpResult>(BuiltPages.Index(new DefaultHttpContext(), pages));

        Assert.Contains($"<base href=\"{expected}\">", Encoding.UTF8.GetString(answer.FileContents.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("gzip;q=0, br", false)]
    [InlineData("", false)]
    public void What_is_sent_is_compressed_for_who_takes_that(string accepted, bool isCompressed)
    {
        var pages = new BuiltPages([("assets/x.js", "content"u8.ToArray())], "/");
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptEncoding = accepted;

        var answer = Assert.IsType<FileContentHttpResult>(BuiltPages.Asset("x.js", http, pages));

        Assert.Equal(isCompressed ? "gzip" : "", http.Response.Headers.ContentEncoding.ToString());
        Assert.Equal("Accept-Encoding", http.Response.Headers.Vary);
        Assert.Equal("content", isCompressed ? Decompress(answer.FileContents) : Encoding.UTF8.GetString(answer.FileContents.Span));
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("../index.html")]
    [InlineData("y.js")]
    public void An_asset_is_one_that_was_built(string name)
    {
        var pages = new BuiltPages([("index.html", Encoding.UTF8.GetBytes(Document)), ("assets/x.js", [])], "/");

        Assert.IsType<NotFound>(BuiltPages.Asset(name, new DefaultHttpContext(), pages));
    }

    private static string Decompress(ReadOnlyMemory<byte> content)
    {
        using var gzip = new GZipStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
