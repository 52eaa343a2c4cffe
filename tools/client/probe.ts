import net from "node:net";
import type { ISocketFactory } from "kafkajs";
import type { Address } from "../../components/kafka/addresses";
import { whyUnreachable } from "./socketFaults";

const PROBE_TIMEOUT_MS = 5_000;

const connectDirectly: ISocketFactory = ({ host, port, onConnect }) =>
    net.connect({ host, port }, onConnect);

/**
 * Opens a connection to an address and closes it again.
 *
 * @returns Why that failed; `undefined` when it worked.
 */
export function probe(
    { host, port }: Address,
    socketFactory: ISocketFactory = connectDirectly,
    timeoutMs = PROBE_TIMEOUT_MS,
): Promise<string | undefined> {
    return new Promise((resolve) => {
        const done = (reason?: string) => {
            clearTimeout(timer);
            socket.destroy();
            resolve(reason);
        };
        const timer = setTimeout(
            () => done(`no answer within ${timeoutMs / 1000} s: a firewall or a wrong address`),
            timeoutMs,
        );
        // `ssl` is what kafkajs passes for a plain connection.
        const ssl = undefined as never;
        const socket = socketFactory({ host, port, ssl, onConnect: () => done() });
        socket.on("error", (error) => done(whyUnreachable(error)));
    });
}
