using System.CommandLine;
using System.CommandLine.Parsing;

namespace QuantumImprov.Host.CommandLine;

/// <summary>Reads the command line, runs the verb, and turns whatever goes wrong into one line and an exit code.</summary>
public static class CommandRunner
{
    /// <summary>Runs <paramref name="args"/> against <paramref name="root"/>.</summary>
    public static int Run(RootCommand root, string[] args, TextWriter output, TextWriter error)
    {
        var result = root.Parse(args);
        if (Complaint(result) is { } complaint)
        {
            error.WriteLine($"quantumimprov: {complaint} See 'quantumimprov {Verb(result)}--help'.");
            return ExitCodes.Usage;
        }

        try
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Refusal refusal)
        {
            error.WriteLine($"quantumimprov: {refusal.Message}");
            return refusal.ExitCode;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("quantumimprov: interrupted.");
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A bug of ours, or a fault of the system nobody foresaw: still one line, and the type says where to look.
            error.WriteLine($"quantumimprov: this should not have happened ({e.GetType().Name}: {Sentences.Reason(e)})");
            return ExitCodes.Failed;
        }
    }

    // Our own words for the ways of asking wrongly; the first is told.
    private static string? Complaint(ParseResult result)
    {
        if (result.Action is System.CommandLine.Help.HelpAction) return null;
        var command = result.CommandResult.Command;
        // A flag that may be given several times has a default, so its absence is no error to the parser.
        var missing = command.Options.Where(o => o.Required && result.GetResult(o) is null or { Implicit: true }).Select(o => o.Name).ToList();
        var absent = missing.Count > 0 ? $"{string.Join(" and ", missing)} must be given." : null;
        if (result.Errors.Count == 0) return absent;
        if (result.UnmatchedTokens.Count > 0)
        {
            var token = result.UnmatchedTokens[0];
            var kind = token.StartsWith('-') ? "flag" : "word";
            return command.Subcommands.Count > 0 && kind == "word"
                ? $"\"{token}\" is not a verb; allowed are {string.Join(", ", command.Subcommands.Select(c => c.Name))}."
                : $"the {kind} \"{token}\" is not understood here.";
        }

        foreach (var error in result.Errors)
        {
            switch (error.SymbolResult)
            {
                case OptionResult { IdentifierTokenCount: > 1, Option.Arity.MaximumNumberOfValues: 1 } option:
                    return $"{option.Option.Name} was given more than once.";
                case OptionResult { Implicit: false, Tokens.Count: 0 } option:
                    return $"{option.Option.Name} needs a value.";
                case ArgumentResult argument when argument.Tokens.Count == 0 && argument.Parent is CommandResult:
                    return $"{argument.Argument.HelpName ?? argument.Argument.Name} is missing.";
            }
        }

        if (absent is not null) return absent;
        if (command.Subcommands.Count > 0 && command.Action is null) return $"a verb is missing; allowed are {string.Join(", ", command.Subcommands.Select(c => c.Name))}.";
        return result.Errors[0].Message;
    }

    private static string Verb(ParseResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent) names.Insert(0, command.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}
