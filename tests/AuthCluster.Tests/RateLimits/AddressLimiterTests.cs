using System.Net;
using AuthCluster.Http.RateLimits;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.RateLimits;

public sealed class AddressLimiterTests
{
    private const int Limit = 3;

    private readonly FakeTimeProvider _time = new();
    private readonly AddressLimiter _limiter;

    public AddressLimiterTests() => _limiter = new AddressLimiter(Limit, _time);

    [Fact]
    public void Calls_past_the_limit_wait_for_the_end_of_the_minute_and_then_get_through()
    {
        Exhaust("192.0.2.1");
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), Count("192.0.2.1"));

        _time.Advance(TimeSpan.FromSeconds(40) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(Count("192.0.2.1"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Exhaust("192.0.2.1");
    }

    // The last two are the same bits, written in the other family.
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2")]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1")]
    [InlineData("192.0.2.1", "c000:201::")]
    [InlineData("192.0.2.1", "::c000:201")]
    public void Each_customer_has_a_limit_of_his_own(string one, string other)
    {
        Exhaust(one);

        Exhaust(other);
    }

    [Fact]
    public void A_customer_has_one_limit_for_all_his_addresses()
    {
        Exhaust("2001:db8:0:1::1");

        Assert.NotNull(Count("2001:db8:0:1:ffff:ffff:ffff:ffff"));
    }

    [Fact]
    public void A_site_of_many_networks_has_a_limit_as_well()
    {
        var passed = Enumerable.Range(0, 1000).Count(number => Count($"2001:db8:7:{number:x}::1") is null);

        Assert.Equal(Limit * AddressLimiter.CustomersPerSite, passed);
        Assert.Null(Count("2001:db8:8::1"));
    }

    [Fact]
    public void A_customer_past_his_limit_uses_up_nothing_of_his_neighbours()
    {
        for (var i = 0; i < 1000; i++)
            Count("2001:db8:7:1::1");

        Exhaust("2001:db8:7:2::1");
    }

    [Fact]
    public void Nobody_can_choose_an_address_that_shares_the_limit_of_another()
    {
        // Its halves differ by the same bits as those of the other: the hash code of a number is the same for both.
        var chosen = $"2a00:1:{0x2001 ^ 0x1234 ^ 0x2a00:x}:{0xdb8 ^ 0x5678 ^ 0x1:x}::1";
        Exhaust(chosen);

        Assert.Null(Count("2001:db8:1234:5678::1"));
    }

    [Fact]
    public void Clients_without_an_address_are_one()
    {
        for (var i = 0; i < Limit; i++)
            Assert.Null(_limiter.Count(address: null));

        Assert.NotNull(_limiter.Count(address: null));
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_nobody_up_for_longer()
    {
        Exhaust("192.0.2.1");
        _time.AdjustTime(_time.GetUtcNow() - TimeSpan.FromHours(1));

        Exhaust("192.0.2.1");
    }

    [Fact]
    public void A_million_addresses_take_no_more_memory_than_one()
    {
        var addresses = Enumerable.Range(0, 1_000_000).Select(AddressOf).ToArray();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var limiter = new AddressLimiter(Limit, _time);
        foreach (var address in addresses)
            limiter.Count(address);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 1, 5 * 1024 * 1024);
    }

    private static IPAddress AddressOf(int number) => number % 2 == 0
        ? new IPAddress(number)
        : new IPAddress([0x20, 1, 0xd, 0xb8, (byte)(number >> 16), (byte)(number >> 8), (byte)number, 0, 0, 0, 0, 0, 0, 0, 0, 1]);

    private TimeSpan? Count(string address) => _limiter.Count(IPAddress.Parse(address));

    private void Exhaust(string address)
    {
        for (var i = 0; i < Limit; i++)
            Assert.Null(Count(address));
        Assert.NotNull(Count(address));
    }
}
