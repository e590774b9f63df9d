using System.Net.Http.Headers;
using System.Text;

namespace AuthCluster.Contract;

/// <summary>Request bodies that are sent just as they are written here.</summary>
public static class RequestContent
{
    public static HttpContent Json(string text) => Of("application/json", Encoding.UTF8.GetBytes(text));

    public static HttpContent Form(string text) => Of("application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(text));

    public static HttpContent Form(params (string Name, string Value)[] fields) =>
        new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <param name="mediaType"><c>null</c> sends no <c>Content-Type</c>.</param>
    public static HttpContent Of(string? mediaType, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }
}
