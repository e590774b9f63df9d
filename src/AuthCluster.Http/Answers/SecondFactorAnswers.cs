namespace AuthCluster.Http.Answers;

/// <summary>A new secret, in the forms that apps take. It is shown this once.</summary>
/// <param name="Secret">Base32.</param>
internal sealed record TotpAnswer(string Secret, string OtpauthUri, string QrSvg);

internal sealed record EmergencyCodesAnswer(IReadOnlyList<string> EmergencyCodes);
