using AuthCluster.Accounts;

namespace AuthCluster.Options;

public sealed class SessionOptions : ICheckedSection
{
    /// <summary>A session ends after this, however often it is refreshed.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(90);

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.Between(nameof(MaxAge), MaxAge, SettingRule.ShortestLifetime, SettingRule.LongestTime),
    ];
}

public sealed class BindingOptions
{
    /// <summary>Whether an access token is good only from the address it was handed to.</summary>
    public BindingMode AccessIp { get; set; } = BindingMode.Log;

    /// <summary>Whether an access token is good only from the browser and system family it was handed to.</summary>
    public BindingMode AccessDevice { get; set; } = BindingMode.Log;

    public BindingMode RefreshDevice { get; set; } = BindingMode.Strict;
}

public sealed class DeviceOptions : ICheckedSection
{
    public int Limit { get; set; } = 20;

    public AtSessionLimit AtLimit { get; set; } = AtSessionLimit.EvictLeastRecentlyUsed;

    public IEnumerable<SettingFault?> Check() => [SettingRule.Between(nameof(Limit), Limit, 1, 1000)];
}

public sealed class RegistrationOptions
{
    public bool Open { get; set; } = true;

    public bool ConfirmEmail { get; set; }
}

public sealed class ActivityOptions : ICheckedSection
{
    /// <summary>Entries kept in the account.</summary>
    public int Kept { get; set; } = 50;

    /// <summary>How long the full log lives.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.Between(nameof(Kept), Kept, 1, 1000),
        SettingRule.Between(nameof(Retention), Retention, TimeSpan.FromSeconds(1), SettingRule.LongestTime),
    ];
}
