using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Users;

namespace Authdog.Identity.Sso;

/// <summary>Takes into the directory, at each sign-in, what the identity provider says of a person: name, attributes, roles by groups, groups. What the provider gave before and gives no more is taken away; what was given here stays.</summary>
internal sealed class ExternalProfile(UserDirectory users, GroupDirectory groups, UserAttributes attributes, Storage.DirectoryContext context, TimeProvider time)
{
    private const int MaxName = 200;

    public async Task ApplyAsync(User user, UserLogin row, ExternalProof proof, CancellationToken cancellationToken)
    {
        await ApplyProfileAsync(user, proof, cancellationToken);
        row.Roles = await ApplyRolesAsync(user, row.Roles, proof, cancellationToken);
        row.Groups = await ApplyGroupsAsync(user, row.Groups, proof, cancellationToken);
        row.Account = proof.Identity.Account ?? row.Account;
        row.UsedAt = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes away what an identity gave that is the user's no more.</summary>
    public async Task WithdrawAsync(User user, UserLogin gone, CancellationToken cancellationToken)
    {
        if (Split(gone.Roles, ' ') is { Length: > 0 } roles)
        {
            await users.RemoveRolesAsync(user, roles, cancellationToken);
        }

        var had = Split(gone.Groups, ',');
        foreach (var group in had.Length > 0 ? await groups.ListAsync(cancellationToken) : [])
        {
            if (had.Contains(group.Name, StringComparer.Ordinal))
            {
                await groups.RemoveMemberAsync(group, user, cancellationToken);
            }
        }
    }

    /// <summary>A name that may be shown; null when it may not.</summary>
    public static string? NameOf(ExternalProof proof) =>
        proof.Name?.Trim() is { Length: > 0 and <= MaxName } name && DisplayName.IsAcceptable(name) ? name : null;

    private async Task ApplyProfileAsync(User user, ExternalProof proof, CancellationToken cancellationToken)
    {
        var name = NameOf(proof) ?? user.Name;
        var said = new List<KeyValuePair<string, JsonNode?>>();
        var schema = attributes.Schema.ToDictionary(StringComparer.Ordinal);
        foreach (var (attribute, path) in proof.Connection.Mapping.Attributes)
        {
            if (schema.TryGetValue(attribute, out var definition) && ClaimPath.Find(proof.Claims, path) is { } value && Read(definition, value) is { } read)
            {
                said.Add(KeyValuePair.Create(attribute, (JsonNode?)read));
            }
        }

        var document = said.Count > 0 ? UserAttributes.With(user, said) : user.Attributes;
        if (name != user.Name || document != user.Attributes)
        {
            await users.SetProfileAsync(user, name, user.Locale, user.TimeZone, document, cancellationToken);
        }
    }

    private async Task<string?> ApplyRolesAsync(User user, string? before, ExternalProof proof, CancellationToken cancellationToken)
    {
        var mapping = proof.Connection.Mapping;
        var now = mapping.DefaultRoles.Concat(proof.Groups.SelectMany(group => mapping.Roles.GetValueOrDefault(group, []))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var gone = Split(before, ' ').Except(now, StringComparer.OrdinalIgnoreCase).ToList();
        if (gone.Count > 0)
        {
            await users.RemoveRolesAsync(user, gone, cancellationToken);
        }

        if (now.Count > 0)
        {
            await users.AddRolesAsync(user, now, cancellationToken);
        }

        return now.Count > 0 ? string.Join(' ', now) : null;
    }

    // Only into groups that the tenant has: a provider's thousand groups do not become the directory's.
    private async Task<string?> ApplyGroupsAsync(User user, string? before, ExternalProof proof, CancellationToken cancellationToken)
    {
        var had = Split(before, ',');
        if (had.Length == 0 && proof.Groups.IsEmpty)
        {
            return null;
        }

        List<string> now = [];
        foreach (var group in await groups.ListAsync(cancellationToken))
        {
            if (proof.Groups.Contains(group.Name))
            {
                await groups.AddMemberAsync(group, user, cancellationToken);
                now.Add(group.Name);
            }
            else if (had.Contains(group.Name, StringComparer.Ordinal))
            {
                await groups.RemoveMemberAsync(group, user, cancellationToken);
            }
        }

        return now.Count > 0 ? string.Join(',', now) : null;
    }

    private static JsonNode? Read(AttributeDefinition definition, JsonElement value) => definition.Type switch
    {
        AttributeType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? JsonValue.Create(value.GetBoolean()) : null,
        AttributeType.Number => value.ValueKind is JsonValueKind.Number ? JsonValue.Create(value.GetDecimal()) : null,
        AttributeType.List => UserAttributes.TryRead(definition, string.Join('\n', ClaimPath.Texts(value)), out var list) ? list : null,
        _ => ClaimPath.Texts(value).FirstOrDefault() is { } text && UserAttributes.TryRead(definition, text, out var read) ? read : null,
    };

    private static string[] Split(string? text, char by) => text?.Split(by, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
