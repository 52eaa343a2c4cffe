import { isIP } from "node:net";
import { parseAddress } from "../../components/kafka/addresses";
import { UsageError } from "../cli/errors";

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
