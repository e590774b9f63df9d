using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthCluster.Http.Bodies;

/// <summary>Reads bodies strictly: JSON objects without duplicate keys and not deep, and forms where the endpoint takes them.</summary>
internal static class BodyReader
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The body's object; neither object nor problem where it is empty and may be.</summary>
    public static async Task<(JsonElement? Json, Problem? Problem)> ReadAsync(HttpContext http, bool takesForms, bool isOptional)
    {
        if (http.Request.ContentType is null)
            return await IsEmptyAsync(http) ? (null, isOptional ? null : Problems.InvalidRequest) : (null, Problems.UnsupportedMediaType);
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !IsUtf8(type))
            return (null, Problems.UnsupportedMediaType);
        if (type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
            return await ReadJsonAsync(http, isOptional);
        return takesForms && type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase)
            ? await ReadFormAsync(http)
            : (null, Problems.UnsupportedMediaType);
    }

    /// <summary><c>null</c> where a member has the wrong type.</summary>
    public static T? Deserialize<T>(JsonElement json)
        where T : class, IRequestBody<T>
    {
        try
        {
            return T.Read(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<(JsonElement?, Problem?)> ReadJsonAsync(HttpContext http, bool isOptional)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        if (bytes.Length == 0)
            return (null, isOptional ? null : Problems.InvalidRequest);
        try
        {
            bytes.Position = 0;
            using var document = await JsonDocument.ParseAsync(bytes, Strict, http.RequestAborted);
            ReadTexts(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object ? (document.RootElement.Clone(), null) : (null, Problems.InvalidRequest);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return (null, Problems.InvalidRequest);
        }
    }

    /// <summary>
    /// Throws <see cref="InvalidOperationException"/> where a name or text is no valid Unicode, such as an escaped lone surrogate. The
    /// parser looks into none of them, so that a later reader would throw, in the middle of an act.
    /// </summary>
    private static void ReadTexts(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    ReadTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
        }
    }

    private static async Task<(JsonElement?, Problem?)> ReadFormAsync(HttpContext http)
    {
        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return (null, Problems.InvalidRequest);
        }

        var members = new JsonObject();
        foreach (var (name, values) in form)
        {
            if (values.Count != 1 || !members.TryAdd(name, JsonValue.Create(values[0])))
                return (null, Problems.InvalidRequest);
        }

        return (JsonSerializer.SerializeToElement(members), null);
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static async Task<bool> IsEmptyAsync(HttpContext http) =>
        http.Request.ContentLength is 0 || await http.Request.Body.ReadAsync(new byte[1], http.RequestAborted) == 0;
}
