using AuthCluster.Http.Hosting;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AuthCluster.Tests.Hosting;

public sealed class RequestTargetTests
{
    private static readonly string[] Spellings =
    [
        "..", ".", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%2e", "%252E", "..;x=1", "..;", ".;a", "%2e%2e%3bx", "..%3b",
        "..\\..", "%2e%2e%5cx", "..%2fx", "x%2f..", "x%252f%252e%252e", "x\\..\\y",
    ];

    private static readonly string[] PlainSegments =
        ["x", "...", "a.b", ".well-known", "v1..2", "x;..", "%25", "%zz", "", "é", "a%20b", "..x", "x..", "%e2%80%a4"];

    private static readonly string[] Prefixes = ["", "/api/forward-auth", "http://host", "https://host:8443/api/forward-auth"];

    [Fact]
    public void A_dot_segment_is_found_in_every_spelling_and_place()
    {
        var targets =
            from prefix in Gen.Elements(Prefixes)
            from before in Gen.ListOf(Gen.Elements(PlainSegments))
            from spelling in Gen.Elements(Spellings)
            from after in Gen.ListOf(Gen.Elements(PlainSegments))
            from query in Gen.Elements("", "?a=b", "?a=../..", "#x")
            select $"{prefix}/{string.Join('/', [.. before, spelling, .. after])}{query}";

        Prop.ForAll(targets.ToArbitrary(), RequestTarget.HasDotSegment).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Other_targets_have_none()
    {
        var targets =
            from prefix in Gen.Elements(Prefixes)
            from segments in Gen.ListOf(Gen.Elements(PlainSegments))
            from query in Gen.Elements("", "?a=b", "?path=../../x", "?a=%2e%2e/", "#/../")
            select $"{prefix}/{string.Join('/', segments)}{query}";

        Prop.ForAll(targets.ToArbitrary(), target => !RequestTarget.HasDotSegment(target)).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("host:443")]
    [InlineData("http://host")]
    [InlineData("http://host?x=/../")]
    [InlineData("http://a..b/x")]
    public void Targets_without_a_path_have_none(string target) => Assert.False(RequestTarget.HasDotSegment(target));
}
