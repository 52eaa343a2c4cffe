import { Command, InvalidArgumentError, Option } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";
import { parseBootstrap } from "./bootstrap";
import type { Compression } from "./codecs";
import type { ConnectionSource } from "./connection";
import { UsageError } from "../cli/errors";
import { addIdentityOptions, IDENTITY_OPTIONS, identityOf, refuseBeside } from "./identityOptions";

/** What both actions of the client need. */
interface CommonOptions {
    readonly source: ConnectionSource;
    readonly topic: string;
    /** `Infinity` for no limit. */
    readonly timeoutMs: number;
    readonly json: boolean;
}

/** What the command line of the client asks for. */
export type ClientRequest =
    | (CommonOptions & {
          readonly action: "produce";
          readonly value: string;
          readonly key?: string;
          readonly compression: Compression;
      })
    | (CommonOptions & {
          readonly action: "consume";
          readonly fromBeginning: boolean;
          /** Whether to wait for more at the end of the topic. */
          readonly follow: boolean;
          readonly maxMessages?: number;
      })
    | HelpRequest;

const DEFAULT_TIMEOUT_SECONDS = 30;

/** By name, so that `--help` need not load the codecs. */
const COMPRESSION_NAMES: readonly Compression[] = ["none", "gzip", "snappy", "lz4", "zstd"];

const HELP_AFTER = `
Exit codes:
  0    done
  1    Kafka could not be reached, or said no
  2    the command line is wrong
  3    fewer messages than --max-messages, or time was up without any
  130  interrupted

Values go to stdout, one per line; everything else goes to stderr.

Who the client is, and whether it speaks TLS, has to fit the listener: --ca, --tls or
--cert for one with TLS, --cert and --key for one with authentication tls, --sasl for
one with scram-sha-512. With --stack all of it comes from the stack and its cluster:
the outputs (pulumi must be on PATH and logged in), the ConfigMap kafka-listeners, and
the Secrets of the CA and the user. Without an external listener the way leads
through the Kubernetes API to the pods.

Examples:
  npm run client -- --bootstrap 203.0.113.7:9094 --produce "Hello, StatefulSet Kafka!"
  npm run -s client -- --bootstrap 203.0.113.7:9094 --consume --from-beginning --max-messages 1
  npm run client -- --bootstrap kafka.example.com:9094 --ca ca.crt --sasl alice --password-file alice.txt --consume
  npm run client -- --stack prod --user alice --topic orders --consume
`;

function positiveInteger(text: string): number {
    if (!/^\d+$/.test(text) || Number(text) < 1) {
        throw new InvalidArgumentError("Expected a whole number of 1 or more.");
    }
    return Number(text);
}

function seconds(text: string): number {
    if (!/^\d+(\.\d+)?$/.test(text)) {
        throw new InvalidArgumentError("Expected a number of seconds, 0 for no limit.");
    }
    return Number(text);
}

function command(): Command {
    const program = new Command("npm run client --")
        .description("Sends a message to Kafka or reads messages from it.")
        .addOption(
            new Option(
                "--produce <message>",
                "send this message and wait for all replicas",
            ).conflicts(["consume", "fromBeginning", "follow", "maxMessages"]),
        )
        .addOption(
            new Option("--consume", "read messages").conflicts(["messageKey", "compression"]),
        )
        .addOption(
            new Option("--bootstrap <host:port,...>", "addresses of one or more brokers").env(
                "KAFKA_BOOTSTRAP",
            ),
        )
        .option("--stack <name>", "take addresses, trust and identity from this stack of Pulumi")
        .option(
            "--listener <name>",
            "with --stack: listener to use (default: the first external one, else the first)",
        )
        .option(
            "--user <name>",
            "with --stack: user to be (default: the only one that the listener lets in)",
        );
    return addIdentityOptions(program)
        .option("--topic <name>", "topic to use", "hello")
        .option(
            "--message-key <key>",
            "key of the message; the same key goes to the same partition",
        )
        .addOption(
            new Option("--compression <type>", "compress the message (default: none)").choices(
                COMPRESSION_NAMES,
            ),
        )
        .option(
            "--from-beginning",
            "read what is already there, and end with it; without, wait for what arrives from now on",
        )
        .option("--follow", "with --from-beginning: go on with what arrives afterwards")
        .option("--max-messages <n>", "stop after so many messages", positiveInteger)
        .option(
            "--timeout <seconds>",
            "give up, or stop reading, after this time; 0 for no limit",
            seconds,
            DEFAULT_TIMEOUT_SECONDS,
        )
        .option("--json", "print one JSON object for each message")
        .addHelpText("after", HELP_AFTER);
}

/** Commander's values, before they are put together. */
interface RawOptions {
    produce?: string;
    consume?: boolean;
    bootstrap?: string;
    stack?: string;
    listener?: string;
    user?: string;
    topic: string;
    messageKey?: string;
    compression?: Compression;
    fromBeginning?: boolean;
    follow?: boolean;
    maxMessages?: number;
    timeout: number;
    json?: boolean;
}

/**
 * Reads the command line of the client.
 *
 * @param args The arguments without the program's name.
 * @throws {@link UsageError} when they are wrong.
 */
export function parseClientOptions(args: readonly string[]): ClientRequest {
    const program = command();
    const text = parseOrHelp(program, args);
    return text === undefined ? toRequest(program) : { action: "help", text };
}

function toRequest(program: Command): ClientRequest {
    const options = program.opts<RawOptions>();
    const {
        produce,
        consume,
        topic,
        messageKey: key,
        compression,
        fromBeginning,
        follow,
        maxMessages,
    } = options;
    if (produce === undefined && !consume) {
        throw new UsageError(
            "nothing to do: expected --produce MESSAGE or --consume",
            "run it with --help for the options",
        );
    }
    const common = {
        source: sourceOf(program, options),
        topic,
        timeoutMs: options.timeout === 0 ? Infinity : options.timeout * 1000,
        json: options.json ?? false,
    };
    return produce !== undefined
        ? {
              ...common,
              action: "produce",
              value: produce,
              compression: compression ?? "none",
              ...(key !== undefined && { key }),
          }
        : {
              ...common,
              action: "consume",
              fromBeginning: fromBeginning ?? false,
              follow: follow ?? false,
              ...(maxMessages !== undefined && { maxMessages }),
          };
}

function sourceOf(
    program: Command,
    { bootstrap, stack, listener, user }: RawOptions,
): ConnectionSource {
    if (stack !== undefined) {
        refuseBeside(program, "--stack", { bootstrap: "--bootstrap", ...IDENTITY_OPTIONS });
        return {
            stack,
            ...(listener !== undefined && { listener }),
            ...(user !== undefined && { user }),
        };
    }
    if (listener !== undefined || user !== undefined) {
        throw new UsageError(
            `${listener !== undefined ? "--listener" : "--user"} without --stack: whose is it?`,
            "give the stack with --stack NAME, or --bootstrap and the identity by hand",
        );
    }
    if (bootstrap === undefined || bootstrap === "") {
        throw new UsageError(
            "no bootstrap address: expected --bootstrap HOST:PORT, KAFKA_BOOTSTRAP or --stack NAME",
            "give the address of an external listener, as the stack's outputs and npm run health show it",
        );
    }
    return { bootstrap: parseBootstrap(bootstrap), identity: identityOf(program) };
}
