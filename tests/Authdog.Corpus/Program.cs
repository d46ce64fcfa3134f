using Authdog.Corpus;

const string Usage = """
    Authdog.Corpus URL                 play the corpus against the proxy at URL (http), which must stand in front of the
                                       lenient app and guard /admin; lists what got through. Exit status 1 when anything did.
    Authdog.Corpus URL --strict        also list what was not treated as this project expects, and count it.
    Authdog.Corpus app [PORT]          run the lenient app (default port 9000) for your proxy to stand in front of.
    Authdog.Corpus write               write the data files anew from their rules.
    """;

switch (args)
{
    case ["app", .. var port]:
        using (var app = new RawServer(head => LenientApp.Answer(head, "/admin"), port is [var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 9000))
        {
            Console.WriteLine($"The lenient app listens on {app.Url}.");
            await app.Completion;
        }

        return 0;

    case ["write"]:
        foreach (var (file, content) in CorpusFiles.Generate())
        {
            await File.WriteAllTextAsync(Path.Combine(CorpusFiles.Folder, file), content);
        }

        return 0;

    case [var url, .. var rest] when Uri.TryCreate(url, UriKind.Absolute, out var proxy) && proxy.Scheme == "http":
        var runner = new CorpusRunner(proxy);
        var outcomes = (await runner.PlayTargetsAsync(CorpusFiles.Targets())).Concat(await runner.PlayHeadersAsync(CorpusFiles.Headers())).ToList();
        if (outcomes.All(outcome => !outcome.Came))
        {
            Console.Error.WriteLine("Nothing reached the lenient app: does the proxy stand in front of it, and does it let /public pass?");
            return 2;
        }

        var strict = rest.Contains("--strict");
        foreach (var outcome in outcomes.Where(outcome => outcome.IsHarmed || (strict && !outcome.IsMet)))
        {
            Console.WriteLine($"{(outcome.IsHarmed ? "THROUGH" : "DIFFERS")} {outcome.Id} {outcome.Status} expected {outcome.Expect}: {outcome.Sent}");
        }

        var harmed = outcomes.Count(outcome => outcome.IsHarmed);
        var different = outcomes.Count(outcome => !outcome.IsMet);
        Console.WriteLine($"{outcomes.Count} played, {outcomes.Count(outcome => outcome.Came)} reached the app, {harmed} got through the guard, {different} not treated as here.");
        return harmed > 0 || (strict && different > 0) ? 1 : 0;

    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
