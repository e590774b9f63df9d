namespace AuthCluster.Options;

public sealed class KeyOptions
{
    /// <summary>32 bytes, base64.</summary>
    public string? Master { get; set; }

    /// <summary>A file with the same; made at first start. Default: <c>master.key</c> in the data directory.</summary>
    public string? MasterFile { get; set; }
}
