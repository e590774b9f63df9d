namespace AuthCluster.Options;

public sealed class PasswordOptions : ICheckedSection
{
    /// <summary>Code points.</summary>
    public int MinimumLength { get; set; } = 8;

    public PasswordCost Cost { get; set; } = PasswordCost.Recommended;

    public IEnumerable<SettingFault?> Check() => [SettingRule.Between(nameof(MinimumLength), MinimumLength, 4, 128)];
}

public enum PasswordCost
{
    Recommended,

    /// <summary>For tests.</summary>
    Lowest,
}

public sealed class LoginOptions : ICheckedSection
{
    /// <summary>Wrong passwords before back-off.</summary>
    public int AttemptsPerAccount { get; set; } = 10;

    /// <summary>Wrong second-factor codes before back-off.</summary>
    public int CodeAttempts { get; set; } = 5;

    /// <summary>The first wait; it doubles.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackOffMax { get; set; } = TimeSpan.FromMinutes(15);

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.Between(nameof(AttemptsPerAccount), AttemptsPerAccount, 1, 1_000_000),
        // A code is one of a million.
        SettingRule.Between(nameof(CodeAttempts), CodeAttempts, 1, 1000),
        SettingRule.Between(nameof(BackOffMax), BackOffMax, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1)),
        SettingRule.That(BackOff > TimeSpan.Zero, nameof(BackOff), "must be longer than 00:00:00."),
        SettingRule.That(BackOff <= BackOffMax, nameof(BackOff), "must not be longer than Login:BackOffMax."),
    ];
}
