namespace AuthCluster.Options;

public sealed class KeyOptions : ICheckedSection
{
    /// <summary>32 bytes, base64.</summary>
    public string? Master { get; set; }

    /// <summary>A file with the same; made at first start. Default: <c>master.key</c> in the data directory.</summary>
    public string? MasterFile { get; set; }

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.KeyOf32Bytes(nameof(Master), Master),
        SettingRule.That(Master is null || MasterFile is null, nameof(MasterFile), "must not be given beside Keys:Master."),
    ];
}
