namespace AuthCluster.Options;

/// <summary>A setting that is wrong, and what it must be. The message never repeats a secret: it ends up on screens and in logs.</summary>
public sealed record SettingFault(string Key, string Message);

/// <summary>A section that has rules beyond the types of its settings.</summary>
public interface ICheckedSection
{
    /// <summary>One item a rule: its fault, the key relative to the section, or <c>null</c> where the rule is kept.</summary>
    IEnumerable<SettingFault?> Check();
}
