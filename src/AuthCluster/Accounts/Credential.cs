using System.Text.Json.Serialization;

namespace AuthCluster.Accounts;

/// <summary>What the account holds for a client to prove that it is the owner's. It is compared outside the account's turn.</summary>
[JsonDerivedType(typeof(PasswordCredential), "password")]
[JsonDerivedType(typeof(TotpCredential), "totp")]
public abstract record Credential;

/// <param name="Hash">PHC string format.</param>
public sealed record PasswordCredential(string Hash) : Credential;

/// <param name="SealedSecret">As <see cref="Totp.SealedSecret"/>.</param>
public sealed record TotpCredential(string SealedSecret) : Credential;
