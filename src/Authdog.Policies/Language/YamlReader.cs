using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Authdog.Policies.Language;

/// <summary>
/// Reads the part of YAML that policies use: mappings, lists and single values. Anchors, aliases, merge keys and tags are
/// refused, so that a file says what it says where it says it, and no file grows when it is read.
/// </summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 24;

    private readonly Parser parser;
    private readonly ErrorList errors;

    private YamlReader(string text, ErrorList errors)
    {
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        this.errors = errors;
    }

    /// <summary>The one document of a file; <see langword="null"/> when it cannot be read to its end.</summary>
    public static YamlNode? Read(ReadOnlySpan<byte> bytes, ErrorList errors)
    {
        var text = SourceText.Read(bytes, SourceText.LargestFile, errors);
        if (text is null)
        {
            return null;
        }

        try
        {
            return new YamlReader(text, errors).ReadStream();
        }
        catch (TooDeepException)
        {
            return null;
        }
        catch (YamlException exception)
        {
            errors.Add(ErrorCodes.Syntax, PlaceOf(exception.Start), "This is not YAML", null, Explain(exception.Message));
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The scanner leaks others for some broken inputs; for the reader of the message they are all the same.
            errors.Add(ErrorCodes.Syntax, new Place(text.Count(c => c == '\n') + 1, 1), "This is not YAML", null, "Check quotes, brackets and indentation");
            return null;
        }
    }

    private YamlNode? ReadStream()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            errors.Add(ErrorCodes.EmptyFile, default, "The file is empty", null, "Write a policy, or delete the file");
            return null;
        }

        var start = parser.Consume<DocumentStart>();
        if (start.Version is not null || start.Tags?.Any(tag => tag.Start.Column != tag.End.Column) == true)
        {
            errors.Add(ErrorCodes.Feature, PlaceOf(start.Start), "Directives are not supported", null, "Remove the lines that begin with %");
        }

        var root = ReadNode(0);
        parser.Consume<DocumentEnd>();
        if (parser.Current is DocumentStart second)
        {
            errors.Add(ErrorCodes.SeveralDocuments, PlaceOf(second.Start), "The file has several documents", "---", "One policy a file: move what follows to a file of its own");
            return null;
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        var place = PlaceOf(parser.Current!.Start);
        if (depth > DeepestNesting)
        {
            errors.Add(ErrorCodes.TooDeep, place, "The nesting is too deep", null, $"Nest at most {DeepestNesting} levels");
            throw new TooDeepException();
        }

        switch (parser.Current)
        {
            case MappingStart mapping:
                RefuseFeatures(mapping);
                parser.MoveNext();
                return ReadMap(place, depth);
            case SequenceStart sequence:
                RefuseFeatures(sequence);
                parser.MoveNext();
                return ReadList(place, depth);
            case Scalar scalar:
                RefuseFeatures(scalar);
                parser.MoveNext();
                return new YamlScalar(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
            case AnchorAlias alias:
                errors.Add(ErrorCodes.Feature, place, "Aliases are not supported", "*" + alias.Value.Value, "Write the value out; quote a value that begins with *");
                parser.MoveNext();
                return new YamlScalar(place, "*" + alias.Value.Value, IsPlain: false);
            default:
                throw new YamlException(parser.Current.Start, parser.Current.End, "a value is missing");
        }
    }

    private YamlList ReadList(Place place, int depth)
    {
        List<YamlNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlList(place, items);
    }

    private YamlMap ReadMap(Place place, int depth)
    {
        List<(YamlScalar, YamlNode)> entries = [];
        Dictionary<string, Place> seen = new(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlScalar name)
            {
                errors.Add(ErrorCodes.WrongKind, key.Place, $"A key is {key.Kind}", null, "A key is a word; check brackets and indentation");
            }
            else if (name is { Text: "<<", IsPlain: true })
            {
                errors.Add(ErrorCodes.Feature, name.Place, "Merge keys are not supported", "<<", "Write the keys out");
            }
            else if (seen.TryGetValue(name.Text, out var first))
            {
                errors.Add(ErrorCodes.DuplicateKey, name.Place, "The key stands here a second time", name.Text, $"Keep one of them; the first is in line {first.Line}");
            }
            else
            {
                seen.Add(name.Text, name.Place);
                entries.Add((name, value));
            }
        }

        return new YamlMap(place, entries);
    }

    private void RefuseFeatures(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            errors.Add(ErrorCodes.Feature, PlaceOf(node.Start), "Anchors are not supported", "&" + node.Anchor.Value, "Remove it; quote a value that begins with &");
        }

        // A quoted or block scalar carries the non-specific tag of its own accord.
        if (!node.Tag.IsEmpty && !(node.Tag.IsNonSpecific && node is Scalar { Style: not ScalarStyle.Plain }))
        {
            errors.Add(ErrorCodes.Feature, PlaceOf(node.Start), "Tags are not supported", node.Tag.ToString(), "Remove it; quote a value that begins with !");
        }
    }

    private static Place PlaceOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string Explain(string message) => $"The reader says: {message.ReplaceLineEndings(" ").TrimEnd('.')}. Check quotes, brackets and indentation";

    private sealed class TooDeepException : Exception;
}
