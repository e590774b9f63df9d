using System.Collections;
using System.Globalization;
using AuthCluster.Options;
using Microsoft.Extensions.Configuration;

namespace AuthCluster.Http.Settings;

/// <summary>
/// Reads every setting under <c>AuthCluster</c>. The framework's binder stops at the first value of a wrong type, takes numbers for enums
/// and "600" for 600 days, and ignores what it does not know; an operator is better served by all faults at once.
/// </summary>
public sealed class SettingsReader
{
    private const string Root = "AuthCluster";

    private readonly List<SettingFault> _faults = [];

    private SettingsReader()
    {
    }

    /// <param name="own">Sections that only this host has, by name; their settings are read into these objects.</param>
    public static SettingsResult Read(IConfiguration configuration, params (string Name, ICheckedSection Section)[] own)
    {
        var root = configuration.GetSection(Root);
        var options = new AuthClusterOptions();
        var reader = new SettingsReader();
        reader.ReadSection(root, options);
        foreach (var (name, section) in own)
            reader.ReadSection(root.GetSection(name), section);
        var warnings = options.Warnings().Select(warning => $"{Root}:{warning.Key}: {warning.Message}");
        return new SettingsResult(options, reader._faults, [.. KnownSettings.WarnOfOthers(root, own), .. warnings]);
    }

    private void ReadSection(IConfigurationSection section, object options)
    {
        foreach (var property in KnownSettings.Of(options.GetType()))
        {
            var setting = section.GetSection(property.Name);
            if (property.GetValue(options) is IList list)
                ReadList(setting, list);
            else if (KnownSettings.IsSection(property.PropertyType))
                ReadSubsection(setting, property.GetValue(options)!);
            else if (ReadValue(setting, property.PropertyType) is { } value)
                property.SetValue(options, value);
        }

        if (options is ICheckedSection rules)
            Check(section, rules);
    }

    private void ReadSubsection(IConfigurationSection section, object options)
    {
        if (!string.IsNullOrWhiteSpace(section.Value))
            Fault(section, $"is a section and takes no value: {section.Key}:{KnownSettings.Of(options.GetType()).First().Name} and so on.");
        ReadSection(section, options);
    }

    /// <summary>A setting that could not be read still has its default, which no rule shall judge.</summary>
    private void Check(IConfigurationSection section, ICheckedSection rules)
    {
        var reported = _faults.Select(fault => fault.Key).ToHashSet();
        _faults.AddRange(rules.Check()
            .OfType<SettingFault>()
            .Select(fault => fault with { Key = ConfigurationPath.Combine(section.Path, fault.Key) })
            .Where(fault => !reported.Contains(fault.Key)));
    }

    private void ReadList(IConfigurationSection setting, IList list)
    {
        var items = setting.GetChildren().Where(child => KnownSettings.IsIndex(child.Key)).ToList();
        var element = list.GetType().GenericTypeArguments[0];

        // An empty list of a JSON file arrives as an empty value.
        if (!string.IsNullOrWhiteSpace(setting.Value))
        {
            if (element != typeof(string))
                Fault(setting, $"must be a list of sections: {setting.Key}:0 and so on.");
            else if (items.Count > 0)
                Fault(setting, "must be either one value or a numbered list, but is given as both.");
            else
                AddSeparated(setting.Value, list);
        }

        foreach (var item in items)
        {
            if (ReadItem(item, element) is { } value)
                list.Add(value);
        }
    }

    private static void AddSeparated(string values, IList list)
    {
        foreach (var value in values.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            list.Add(value);
    }

    private object? ReadItem(IConfigurationSection item, Type type)
    {
        if (!KnownSettings.IsSection(type))
            return ReadValue(item, type);
        var section = Activator.CreateInstance(type)!;
        ReadSection(item, section);
        return section;
    }

    private object? ReadValue(IConfigurationSection setting, Type type)
    {
        if (setting.GetChildren().Any())
        {
            Fault(setting, "must be one value, but is given as a section.");
            return null;
        }

        if (setting.Value is not { } text)
            return null;

        // Most often a variable that was meant to be set. The default in its place could be another key, or no key at all.
        if (string.IsNullOrWhiteSpace(text))
        {
            Fault(setting, "must not be empty; without the key the default counts.");
            return null;
        }

        var (value, expected) = Parse(text, Nullable.GetUnderlyingType(type) ?? type);
        if (value is null)
            Fault(setting, $"must be {expected}, but is \"{text}\".");
        return value;
    }

    private static (object? Value, string Expected) Parse(string text, Type type)
    {
        if (type == typeof(string))
            return (text, "a text");
        if (type == typeof(int))
            return (ParseNumber(text), "a whole number");
        if (type == typeof(bool))
            return (bool.TryParse(text, out var flag) ? flag : null, "true or false");
        if (type == typeof(TimeSpan))
            return (ParseTime(text), "a time as [d.]hh:mm:ss");
        if (type.IsEnum)
            return (ParseName(text, type), $"one of {string.Join(", ", Enum.GetNames(type))}");
        throw new NotSupportedException($"Settings of type {type} cannot be read.");
    }

    private static int? ParseNumber(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? ParseTime(string text)
    {
        // The format also takes "10" for ten days and "10:00" for ten hours.
        var hasSeconds = text.Count(c => c == ':') == 2;
        return hasSeconds && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    private static object? ParseName(string text, Type type)
    {
        var name = Array.Find(Enum.GetNames(type), name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : Enum.Parse(type, name);
    }

    private void Fault(IConfigurationSection setting, string message) => _faults.Add(new SettingFault(setting.Path, message));
}
