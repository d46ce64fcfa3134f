using Microsoft.AspNetCore.Authorization;

namespace Authdog.Gateway.Access;

/// <summary>The named policy of the catalog must allow the request.</summary>
/// <param name="Policy">The policy's name.</param>
internal sealed record AccessRequirement(string Policy) : IAuthorizationRequirement;
