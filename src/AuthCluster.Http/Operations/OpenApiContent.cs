using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthCluster.Http.Activities;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.User;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace AuthCluster.Http.Operations;

/// <summary>The OpenAPI document: what the framework finds in the routes and types, and what it cannot see there.</summary>
internal static class OpenApiContent
{
    private const string Bearer = "bearer";

    /// <param name="publicUrl">Where users reach the server. Without it the document names no server.</param>
    public static void AddInterfaceDescription(this IServiceCollection services, string? publicUrl)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default);
            // For the document only: answers and bodies are written and read by contexts with the same settings.
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton<OpenApiEndpoint>().AddOpenApi(OpenApiEndpoint.Version, openApi =>
        {
            openApi.AddSchemaTransformer((schema, context, _) => Describe(schema, context.JsonTypeInfo.Type));
            openApi.AddOperationTransformer((operation, context, _) => Describe(operation, context));
            openApi.AddDocumentTransformer((document, _, _) => Describe(document, publicUrl));
        });
    }

    private static Task Describe(OpenApiSchema schema, Type type)
    {
        if (type == typeof(ProfileRequest))
        {
            schema.Properties = null;
            schema.Required = null;
        }
        else if (IsRequestBody(type))
        {
            // Members are nullable in the code, so that a missing one can be answered by name.
            foreach (var name in schema.Required ?? new HashSet<string>())
                ((OpenApiSchema)schema.Properties![name]).Type &= ~JsonSchemaType.Null;
        }
        else if (type == typeof(JsonElement))
        {
            // A profile: the one place of answers where any members may be.
            schema.Type = JsonSchemaType.Object;
        }
        else if (type == typeof(AdministratorActivityAnswer) || type == typeof(LoggedActivityAnswer))
        {
            schema.Required = schema.Properties!.Keys.ToHashSet(StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);
            // Read as a text, so that a wrong one is answered like any other field.
            if (parameter.Name == "limit")
                parameter.Schema = LimitSchema();
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
            operation.Security = [RequirementOfToken(context.Document!)];
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiDocument document, string? publicUrl)
    {
        document.Info = new() { Title = "AuthCluster", Version = OpenApiEndpoint.Version };
        if (publicUrl is not null)
            document.Servers = [new OpenApiServer { Url = publicUrl }];
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            BearerFormat = "JWT",
            Description = "The access token of a token response.",
        });
        // Mapped as a bare request delegate, which the framework does not describe.
        document.Paths["/api/forward-auth"] = new OpenApiPathItem
        {
            Operations = new() { [HttpMethod.Get] = ForwardAuthOperation(document) },
        };
        return Task.CompletedTask;
    }

    private static OpenApiOperation ForwardAuthOperation(OpenApiDocument document) => new()
    {
        Tags = new HashSet<OpenApiTagReference> { new("services", document) },
        Summary = "Tells a proxy whether the request in front of it may pass, and whose it is. Any method and sub-path will do.",
        Security = [RequirementOfToken(document)],
        Responses = new()
        {
            ["200"] = new OpenApiResponse
            {
                Description = "OK",
                Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["X-Auth-User"] = TextHeader(),
                    ["X-Auth-Email"] = TextHeader(),
                    ["X-Auth-Roles"] = TextHeader(),
                    ["X-Auth-Session"] = TextHeader(),
                },
            },
            ["401"] = ProblemResponse("Unauthorized", document),
            ["403"] = ProblemResponse("Forbidden", document),
            ["503"] = ProblemResponse("Service Unavailable", document),
        },
    };

    private static OpenApiHeader TextHeader() => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiResponse ProblemResponse(string description, OpenApiDocument document) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem.ContentType] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemBody), document) },
        },
    };

    private static OpenApiSecurityRequirement RequirementOfToken(OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] };

    private static OpenApiSchema LimitSchema() => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = "1",
        Maximum = ActivityPage.MaximumLimit.ToString(CultureInfo.InvariantCulture),
        Default = ActivityPage.DefaultLimit,
    };

    private static bool IsRequestBody(Type type) =>
        type.GetInterfaces().Any(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IRequestBody<>));
}
