using System.CommandLine;
using System.Text;
using QuantumImprov.Host.CommandLine;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return CommandRunner.Run(QuantumImprov.Host.Verbs.Verbs.Root(), args, Console.Out, Console.Error);
