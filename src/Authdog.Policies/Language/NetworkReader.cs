using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads addresses, blocks and named networks.</summary>
internal static class NetworkReader
{
    /// <summary>Largest networks file, in bytes; about half a million blocks.</summary>
    public const int LargestFile = 8 * 1024 * 1024;

    /// <summary>What a reference to a networks file begins with.</summary>
    public const string Prefix = "networks/";

    /// <summary>Makes the criterion <c>ip</c>.</summary>
    public static Criterion? Compile(YamlNode node, RuleContext context)
    {
        if (Expect.Values(node, "ip", context.Errors) is not { } values)
        {
            return null;
        }

        List<NetworkRange> ranges = [];
        List<NetworkSet> sets = [];
        var failed = false;
        foreach (var value in values)
        {
            if (value.Text.StartsWith(Prefix, StringComparison.Ordinal))
            {
                if (!context.Definitions.Networks.TryGetValue(value.Text[Prefix.Length..], out var set))
                {
                    failed = true;
                    var cure = context.Definitions.Networks.Count == 0
                        ? $"Create the file {value.Text}.txt beside the policies, one address or block a line"
                        : Suggestion.Cure(value.Text, context.Definitions.Networks.Keys.Order(StringComparer.Ordinal).Select(name => Prefix + name));
                    context.Errors.Add(ErrorCodes.UnknownNetwork, value.Place, "There is no file of this name in the networks folder", value.Text, cure);
                }
                else if (set is not null)
                {
                    sets.Add(set);
                }
            }
            else if (NetworkRange.TryParse(value.Text, out var range, out var cure))
            {
                ranges.Add(range);
            }
            else
            {
                failed = true;
                context.Errors.Add(ErrorCodes.BadNetwork, value.Place, "This is no address and no block of addresses", value.Text, cure);
            }
        }

        if (ranges.Count > 0)
        {
            sets.Add(new NetworkSet(ranges));
        }

        return failed ? null : new IpCriterion([.. values.Select(value => value.Text)], [.. sets]);
    }

    /// <summary>Reads a networks file: one address or block a line, <c>#</c> begins a comment.</summary>
    public static NetworkSet? ReadFile(ReadOnlySpan<byte> bytes, ErrorList errors)
    {
        var text = SourceText.Read(bytes, LargestFile, errors);
        if (text is null)
        {
            return null;
        }

        List<NetworkRange> ranges = [];
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var comment = content.IndexOf('#');
            var entry = (comment < 0 ? content : content[..comment]).Trim();
            if (entry.IsEmpty)
            {
                continue;
            }

            if (NetworkRange.TryParse(entry.ToString(), out var range, out var cure))
            {
                ranges.Add(range);
            }
            else
            {
                errors.Add(ErrorCodes.BadNetwork, new Place(line, content.IndexOf(entry) + 1), "This is no address and no block of addresses", entry.ToString(), cure);
            }
        }

        return errors.IsEmpty ? new NetworkSet(ranges) : null;
    }
}
