using Authdog.Policies.Decisions;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Reads one test file.</summary>
internal static class PolicyTestReader
{
    private static readonly string[] FileKeys = ["policy", "tests"];
    private static readonly string[] TestKeys = ["name", "given", "expect"];

    public static IReadOnlyList<PolicyTest> Read(ReadOnlySpan<byte> bytes, Func<string, bool> policyExists, DateTimeOffset now, ErrorList errors)
    {
        var root = YamlReader.Read(bytes, errors);
        if (root is null || Expect.Map(root, "A test file", FileKeys, errors) is not { } map)
        {
            return [];
        }

        var policy = Expect.RequiredValue(map, "policy", "The file", errors);
        if (policy is not null && !policyExists(policy.Text))
        {
            errors.Add(ErrorCodes.UnknownPolicy, policy.Place, "There is no such policy", policy.Text, "Name a policy of the folder under test");
        }

        return Expect.Required(map, "tests", "The file", errors) is { } node && Expect.List(node, "tests", errors) is { } list
            ? [.. list.Items.Select(item => ReadTest(policy?.Text ?? "", item, now, errors)).OfType<PolicyTest>()]
            : [];
    }

    private static PolicyTest? ReadTest(string policy, YamlNode node, DateTimeOffset now, ErrorList errors)
    {
        if (Expect.Map(node, "A test", TestKeys, errors) is not { } map)
        {
            return null;
        }

        var name = Expect.RequiredValue(map, "name", "The test", errors);
        var request = Expect.Required(map, "given", "The test", errors) is { } given ? GivenReader.Read(given, now, errors) : default;
        var expected = Expect.Required(map, "expect", "The test", errors) is { } expectation ? ExpectationReader.Read(expectation, errors) : null;
        return name is null || expected is null
            ? null
            : new PolicyTest(errors.File, map.Place.Line, policy, name.Text, request, expected);
    }
}
