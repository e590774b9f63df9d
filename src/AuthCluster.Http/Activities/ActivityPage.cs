using System.Globalization;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;

namespace AuthCluster.Http.Activities;

/// <summary>Which portion of an account's activity is asked for.</summary>
/// <param name="Before">Only entries with a smaller number.</param>
internal readonly record struct ActivityPage(int Limit, long Before)
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 200;

    /// <summary>The problem with what was asked for; <c>null</c> where there is none, and the page is good.</summary>
    public static Problem? Parse(string? limit, string? before, string beforeField, out ActivityPage page)
    {
        var faults = new FieldFaults();
        page = new ActivityPage(ParseLimit(limit, faults), ParsePlace(before, beforeField, faults) ?? long.MaxValue);
        return faults.Any ? Problems.ValidationFailed(faults.ByField) : null;
    }

    public static int ParseLimit(string? text, FieldFaults faults)
    {
        if (text is null)
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaximumLimit)
            return limit;
        faults.Add("limit", $"Enter a number from 1 to {MaximumLimit}.");
        return DefaultLimit;
    }

    /// <summary>A place in a list that an earlier answer named.</summary>
    public static long? ParsePlace(string? text, string field, FieldFaults faults)
    {
        if (text is null)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return place;
        faults.Add(field, "This is not a place in this list.");
        return null;
    }
}
