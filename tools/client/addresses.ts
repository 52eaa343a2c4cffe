import { isIP } from "node:net";
import { UsageError } from "../cli/errors";

/** A host and a port. */
export interface Address {
    readonly host: string;
    readonly port: number;
}

/** Reads an address `host:port`; `undefined` when it isn't one. */
export function parseAddress(text: string): Address | undefined {
    const match = /^([A-Za-z0-9._-]+):(\d{1,5})$/.exec(text);
    const port = Number(match?.[2]);
    return match && port >= 1 && port <= 65_535 ? { host: match[1]!, port } : undefined;
}

/**
 * Reads a list of addresses `host:port,…`.
 *
 * @throws {@link UsageError} when one of them isn't an address or none is given.
 */
export function parseBootstrap(text: string): string[] {
    const addresses = text
        .split(",")
        .map((address) => address.trim())
        .filter((address) => address !== "");
    const wrong = addresses.find((address) => parseAddress(address) === undefined);
    if (wrong !== undefined || addresses.length === 0) {
        const reason =
            wrong !== undefined && (isIP(wrong) === 6 || wrong.startsWith("["))
                ? "IPv6 addresses are not supported"
                : "expected HOST:PORT[,HOST:PORT…]";
        throw new UsageError(
            `the bootstrap address ${JSON.stringify(wrong ?? text)} is wrong: ${reason}`,
            "give an address such as --bootstrap kafka.example.com:9094",
        );
    }
    return addresses;
}
