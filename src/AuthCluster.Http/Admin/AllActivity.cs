using System.Globalization;
using System.Net;
using AuthCluster.Emails;
using AuthCluster.Http.Activities;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class AllActivity
{
    /// <summary>The whole log, newest first, failures at addresses that nobody holds included.</summary>
    public static async Task<IResult> HandleAsync([AsParameters] ActivityFilter filter, IEventLog log)
    {
        var faults = new FieldFaults();
        var query = filter.ToQuery(faults);
        if (faults.Any)
            return Problems.ValidationFailed(faults.ByField);
        var page = await log.ReadAsync(query);
        var list = new ListAnswer<LoggedActivityAnswer>([.. page.Entries.Select(LoggedActivityAnswer.Of)], page.Before?.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Json(list, AnswerJson.Default.ListAnswerLoggedActivityAnswer);
    }
}

internal sealed record ActivityFilter(string? Email, string? Ip, string? Outcome, string? Since, string? Limit, string? Cursor)
{
    public ActivityQuery ToQuery(FieldFaults faults) => new()
    {
        // Text that is no address matches no entry.
        Email = CanonicalEmail.TryParse(Email, out var canonical) ? canonical.Value : Email,
        Address = Ip is null ? null : ParseAddress(Ip, faults),
        Succeeded = Outcome switch
        {
            null => null,
            "succeeded" => true,
            "failed" => false,
            _ => Faulty<bool?>(faults, "outcome", "Choose succeeded or failed."),
        },
        Since = Since is null ? null : ParseTime(Since, faults),
        Limit = ActivityPage.ParseLimit(Limit, faults),
        BeforeSequence = ActivityPage.ParsePlace(Cursor, "cursor", faults),
    };

    private static string? ParseAddress(string text, FieldFaults faults) =>
        IPAddress.TryParse(text, out var address) ? address.ToString() : Faulty<string>(faults, "ip", "Enter an IP address.");

    private static DateTimeOffset? ParseTime(string text, FieldFaults faults) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : Faulty<DateTimeOffset?>(faults, "since", "Enter a time such as 2026-01-31T12:00:00Z.");

    private static T? Faulty<T>(FieldFaults faults, string field, string message)
    {
        faults.Add(field, message);
        return default;
    }
}
