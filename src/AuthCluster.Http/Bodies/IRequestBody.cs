using System.Text.Json;

namespace AuthCluster.Http.Bodies;

/// <summary>What an endpoint reads from a body.</summary>
internal interface IRequestBody<TSelf>
    where TSelf : class, IRequestBody<TSelf>
{
    /// <summary>What an empty body means; <c>null</c> where a body is needed.</summary>
    static virtual TSelf? WhenEmpty => null;

    /// <summary>Whether it may be sent as a form as well as in JSON.</summary>
    static virtual bool TakesForms => false;

    /// <summary>Throws <see cref="JsonException"/> where a member has the wrong type.</summary>
    static abstract TSelf? Read(JsonElement json);

    /// <summary>Names each field that is missing or refused.</summary>
    void Validate(FieldFaults faults)
    {
    }
}

/// <summary>A body that may be sent as a form as well; members that are not text need JSON.</summary>
internal interface IFormBody<TSelf> : IRequestBody<TSelf>
    where TSelf : class, IFormBody<TSelf>
{
    static bool IRequestBody<TSelf>.TakesForms => true;
}
