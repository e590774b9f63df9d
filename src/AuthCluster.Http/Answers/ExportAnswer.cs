namespace AuthCluster.Http.Answers;

/// <summary>What is kept of a user.</summary>
internal sealed record ExportAnswer(
    UserAnswer User, IReadOnlyList<DeviceAnswer> Devices, IReadOnlyList<PasskeyAnswer> Passkeys, IReadOnlyList<ActivityAnswer> Activity);
