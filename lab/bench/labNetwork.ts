import { type LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";
import { writeFileSync } from "node:fs";
import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { join } from "node:path";
import tls from "node:tls";
import type { ISocketFactory } from "kafkajs";
import { LAB } from "..";

/**
 * The machine reaches pods by their addresses but does not know their names. Clients of the benchmark ask the lab's
 * own DNS server, so that they go to the brokers directly, as an application in the cluster does, and no load balancer
 * takes part in what is measured.
 */
const resolver = new Resolver({ timeout: 1_000, tries: 2 });
resolver.setServers([LAB.dnsServer]);

const lookup: LookupFunction = (host, _, callback) => {
    resolver
        .resolve4(host)
        .then((addresses) => addresses.map((address): LookupAddress => ({ address, family: 4 })))
        .then(
            (addresses) => callback(null, addresses),
            (error: NodeJS.ErrnoException) => callback(error, []),
        );
};

/** Makes kafkajs's connections to brokers by their names in the lab. */
export const labSocketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const address = { host, port, lookup, autoSelectFamily: true };
    // As a server's name an address is not allowed.
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = ssl
        ? tls.connect({ ...address, ...servername, ...ssl }, onConnect)
        : connect(address, onConnect);
    socket.setKeepAlive(true, 60_000);
    return socket;
};

/** A connection to a port of a pod. */
export function connectInLab(host: string, port: number): Socket {
    return connect({ host, port, lookup, autoSelectFamily: true, timeout: 1_000 });
}

/** Whether a port of a pod is open. */
export function isOpen(host: string, port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connectInLab(host, port);
        const end = (open: boolean) => {
            socket.destroy();
            resolve(open);
        };
        socket.on("connect", () => end(true));
        socket.on("timeout", () => end(false));
        socket.on("error", () => end(false));
    });
}

/**
 * The command that runs a command with the lab's DNS server instead of the machine's. It becomes that command, so its
 * process is the one that was started.
 *
 * @param directory Directory for the file that says so.
 */
export function withLabDns(directory: string, command: readonly string[]): string[] {
    const file = join(directory, "resolv.conf");
    writeFileSync(file, `nameserver ${LAB.dnsServer}\n`);
    const script = 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
    const namespace = ["unshare", "--mount", "--propagation", "private"];
    return [...namespace, "bash", "-c", script, "bash", file, ...command];
}
