using System.CommandLine;
using System.Globalization;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Passwords.Breaches;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>breach build</c>: makes a filter of a downloaded list.</summary>
internal static class BreachBuildCommand
{
    private const int Samples = 1_000_000;

    public static Command Create()
    {
        var list = new Argument<string>("LIST") { Description = "The list: HASH or HASH:COUNT a line (SHA-1 in hexadecimal), in any order; - for standard input." };
        var output = new Option<string>("--output") { Description = "The filter to make; it replaces one of that name.", HelpName = "FILE", Required = true };
        var plain = new Option<bool>("--plain") { Description = "The list has passwords, not hashes." };
        var bits = new Option<int>("--bits") { Description = "Passwords that are in no list are refused once in 2^BITS; each hash takes BITS + 2 bits. 8 to 24.", DefaultValueFactory = _ => 12, HelpName = "BITS" };
        bits.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 8 and <= 24))
            {
                result.AddError("--bits is 8 to 24.");
            }
        });
        var command = new Command("build", "Make a filter of a downloaded list of leaked passwords. Beside the filter it takes 8 bytes a hash while it works.") { list, output, plain, bits };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (source, target) = (parsed.GetRequiredValue(list), parsed.GetRequiredValue(output));
            try
            {
                await using var stream = source == "-" ? System.Console.OpenStandardInput() : File.OpenRead(source);
                using var builder = new BreachFilterBuilder(target, parsed.GetValue(bits));
                var (added, refused, first) = await BreachListReader.ReadAsync(stream, parsed.GetValue(plain), builder, cancellationToken);
                if (added == 0)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"AG3605 '{source}' has no hash ({first ?? "it is empty"}). For a list of passwords, give --plain.");
                    return ExitStatus.Wrong;
                }

                var count = builder.Finish();
                if (refused > 0)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"{refused} lines were left out; the first is {first}.");
                }

                await WriteAsync(parsed.InvocationConfiguration.Output, target, count);
                return ExitStatus.Ok;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"AG3606 {exception.Message}");
                return ExitStatus.Wrong;
            }
        });
        return command;
    }

    private static async Task WriteAsync(TextWriter output, string target, long count)
    {
        using var filter = BreachFilter.TryOpen(target, out var problem) ?? throw new InvalidOperationException($"The filter just made cannot be opened: {problem}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} hashes in {filter.Length} bytes, {(double)filter.Length / count:0.00} bytes a hash."));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"False positives: {filter.MeasureFalsePositiveRate(Samples):0.0000000} measured over {Samples} random hashes, {filter.ExpectedFalsePositiveRate:0.0000000} expected."));
        await output.WriteLineAsync($"Set Passwords:Breaches:FilterFile to {Path.GetFullPath(target)}.");
    }
}
