using System.Reflection;
using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace AuthCluster.Http.Bodies;

/// <summary>The body of a request, read and validated: its value, or the problem with it. <see cref="BodyFilter"/> answers the problem.</summary>
internal sealed class Body<T> : IBody, IEndpointParameterMetadataProvider
    where T : class, IRequestBody<T>
{
    private readonly T? _value;

    private Body(T? value, Problem? problem)
    {
        _value = value;
        Problem = problem;
    }

    public Problem? Problem { get; }

    /// <summary>Only where there is no <see cref="Problem"/>: handlers behind <see cref="BodyFilter"/> see no other.</summary>
    public T Value => _value ?? throw new InvalidOperationException("The body was refused.");

    public static async ValueTask<Body<T>> BindAsync(HttpContext http)
    {
        var (json, problem) = await BodyReader.ReadAsync(http, TakesForms(http), isOptional: T.WhenEmpty is not null);
        if (problem is not null)
            return new(null, problem);
        var value = json is null ? T.WhenEmpty : BodyReader.Deserialize<T>(json.Value);
        if (value is null)
            return new(null, Problems.InvalidRequest);
        var faults = new FieldFaults();
        value.Validate(faults);
        return faults.Any ? new(null, Problems.ValidationFailed(faults.ByField)) : new(value, null);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new BodyMetadata(typeof(T), T.WhenEmpty is not null, T.TakesForms));

    private static bool TakesForms(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<BodyMetadata>()?.TakesForms ?? T.TakesForms;
}

/// <summary>For routing, which refuses other media types, and for the OpenAPI document.</summary>
internal sealed record BodyMetadata(Type? RequestType, bool IsOptional, bool TakesForms) : IAcceptsMetadata
{
    public IReadOnlyList<string> ContentTypes => TakesForms ? [BodyReader.Json, BodyReader.Form] : [BodyReader.Json];

    /// <summary>Takes the forms off an endpoint. A page of any origin can send one without being asked.</summary>
    public static void TakeJsonOnly(EndpointBuilder endpoint)
    {
        for (var i = 0; i < endpoint.Metadata.Count; i++)
        {
            if (endpoint.Metadata[i] is BodyMetadata body)
                endpoint.Metadata[i] = body with { TakesForms = false };
        }
    }
}

internal interface IBody
{
    Problem? Problem { get; }
}

/// <summary>Answers for handlers whose body was refused.</summary>
internal static class BodyFilter
{
    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IBody { Problem: { } problem })
                return ValueTask.FromResult<object?>(problem);
        }

        return next(context);
    }
}
