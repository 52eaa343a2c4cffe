import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { API_SERVICE_ADDRESS, CONTROL_PLANE_ADDRESS, NODES } from "./addresses";
import { KUBECONFIG, PKI } from "../paths";
import { run } from "../run";

/** The context, cluster and user in the lab's kubeconfig files. */
export const CONTEXT = "lab";

const ADMIN = "admin";
const DAYS = "365";

/** Who a certificate is for: its subject, and the names it answers to as a server. */
interface Certificate {
    readonly subject: string;
    readonly names?: readonly string[];
}

const CERTIFICATES: Readonly<Record<string, Certificate>> = {
    apiserver: {
        subject: "/CN=kube-apiserver",
        names: [
            "DNS:kubernetes",
            "DNS:kubernetes.default",
            "DNS:kubernetes.default.svc",
            "DNS:kubernetes.default.svc.cluster.local",
            "DNS:localhost",
            "IP:127.0.0.1",
            `IP:${CONTROL_PLANE_ADDRESS}`,
            `IP:${API_SERVICE_ADDRESS}`,
        ],
    },
    "apiserver-kubelet-client": { subject: "/O=system:masters/CN=kube-apiserver-kubelet-client" },
    [ADMIN]: { subject: "/O=system:masters/CN=lab-admin" },
    "controller-manager": { subject: "/CN=system:kube-controller-manager" },
    scheduler: { subject: "/CN=system:kube-scheduler" },
    proxy: { subject: "/CN=system:kube-proxy" },
    ...Object.fromEntries(
        NODES.map((node) => [
            node.name,
            {
                subject: `/O=system:nodes/CN=system:node:${node.name}`,
                names: [`DNS:${node.name}`, `IP:${node.address}`],
            },
        ]),
    ),
};

/** Makes the CA, all certificates and kubeconfig files, unless they exist. */
export async function createPki(): Promise<void> {
    if (existsSync(PKI)) {
        return;
    }
    const folder = `${PKI}.unfinished`;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await createAuthority(folder);
    for (const [name, certificate] of Object.entries(CERTIFICATES)) {
        await createCertificate(folder, name, certificate);
        writeFileSync(join(folder, `${name}.kubeconfig`), kubeconfig(folder, name), {
            mode: 0o600,
        });
    }
    writeFileSync(KUBECONFIG, kubeconfig(folder, ADMIN), { mode: 0o600 });
    renameSync(folder, PKI);
}

// Elliptic curve keys: RSA keys for ten certificates would take seconds.
const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

async function createAuthority(folder: string): Promise<void> {
    const key = join(folder, "ca.key");
    const certificate = join(folder, "ca.crt");
    await run("openssl", [
        "req",
        "-x509",
        ...NEW_KEY,
        ...["-keyout", key, "-out", certificate, "-days", DAYS, "-subj", "/CN=lab"],
    ]);
    const serviceAccountKey = join(folder, "service-accounts.key");
    await run("openssl", [
        ...["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
        ...["-out", serviceAccountKey],
    ]);
    await run("openssl", [
        ...["pkey", "-in", serviceAccountKey, "-pubout"],
        ...["-out", join(folder, "service-accounts.pub")],
    ]);
}

async function createCertificate(
    folder: string,
    name: string,
    { subject, names }: Certificate,
): Promise<void> {
    const extensions = join(folder, "extensions");
    writeFileSync(
        extensions,
        [
            "keyUsage = digitalSignature",
            "extendedKeyUsage = serverAuth, clientAuth",
            ...(names ? [`subjectAltName = ${names.join(",")}`] : []),
            "",
        ].join("\n"),
    );
    const request = await run("openssl", [
        "req",
        ...NEW_KEY,
        ...["-keyout", join(folder, `${name}.key`), "-subj", subject],
    ]);
    await run(
        "openssl",
        [
            ...["x509", "-req", "-days", DAYS, "-CAcreateserial", "-extfile", extensions],
            ...["-CA", join(folder, "ca.crt"), "-CAkey", join(folder, "ca.key")],
            ...["-out", join(folder, `${name}.crt`)],
        ],
        { input: request },
    );
    rmSync(extensions);
}

// A kubeconfig is YAML, and JSON is YAML.
function kubeconfig(folder: string, name: string): string {
    const base64 = (file: string): string => readFileSync(join(folder, file)).toString("base64");
    return JSON.stringify(
        {
            apiVersion: "v1",
            kind: "Config",
            "current-context": CONTEXT,
            clusters: [
                {
                    name: CONTEXT,
                    cluster: {
                        server: `https://${CONTROL_PLANE_ADDRESS}:6443`,
                        "certificate-authority-data": base64("ca.crt"),
                    },
                },
            ],
            users: [
                {
                    name: CONTEXT,
                    user: {
                        "client-certificate-data": base64(`${name}.crt`),
                        "client-key-data": base64(`${name}.key`),
                    },
                },
            ],
            contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
        },
        undefined,
        2,
    );
}
