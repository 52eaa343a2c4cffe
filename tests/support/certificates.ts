import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its private key (PKCS#8), as PEM. */
export interface Pair {
    readonly cert: string;
    readonly key: string;
}

/** What a certificate of an {@link Authority} says. */
export interface CertificateArgs {
    readonly commonName: string;
    /** Names that it answers to as a server, such as `DNS:localhost` or `IP:127.0.0.1`. */
    readonly names?: readonly string[];
    /**
     * Days until it expires; it began a month before that, or now.
     *
     * @default 30
     */
    readonly days?: number;
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
/** The shortest configuration that `openssl ca` works with; it alone makes certificates that have expired. */
const CONFIGURATION = `
[ca]
default_ca = it
[it]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = anything
unique_subject = no
[anything]
commonName = supplied
[CA]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
`;

/** A CA of a test, made by openssl. */
export class Authority {
    /** The CA's own certificate. */
    readonly cert: string;
    private readonly directory = mkdtempSync(join(tmpdir(), "kafka-eks-ca-"));

    constructor(commonName: string) {
        this.write("conf", CONFIGURATION);
        this.write("index", "");
        this.write("serial", "01\n");
        this.openssl(
            ...["req", "-x509", ...NEW_KEY, "-config", "conf", "-extensions", "CA"],
            ...["-days", "30", "-subj", `/CN=${commonName}`, "-keyout", "ca.key", "-out", "ca.crt"],
        );
        this.cert = this.read("ca.crt");
    }

    issue({ commonName, names = [], days = 30 }: CertificateArgs): Pair {
        this.write(
            "extensions",
            "keyUsage = digitalSignature\nextendedKeyUsage = serverAuth,clientAuth\n" +
                (names.length > 0 ? `subjectAltName = ${names.join(",")}\n` : ""),
        );
        this.openssl(
            ...["req", ...NEW_KEY, "-subj", `/CN=${commonName}`],
            ...["-keyout", "key", "-out", "request"],
        );
        const start = days < 30 ? days - 30 : 0;
        this.openssl(
            ...["ca", "-batch", "-notext", "-config", "conf", "-extfile", "extensions"],
            ...["-cert", "ca.crt", "-keyfile", "ca.key", "-in", "request", "-out", "cert"],
            ...["-startdate", date(start), "-enddate", date(days)],
        );
        return { cert: this.read("cert"), key: this.read("key") };
    }

    /** Deletes its files; what it issued stays. */
    delete(): void {
        rmSync(this.directory, { recursive: true, force: true });
    }

    private openssl(...args: string[]): void {
        execFileSync("openssl", args, { cwd: this.directory, stdio: "pipe" });
    }

    private read(file: string): string {
        return readFileSync(join(this.directory, file), "utf8");
    }

    private write(file: string, text: string): void {
        writeFileSync(join(this.directory, file), text);
    }
}

/** A date as `openssl ca` takes it. */
function date(daysFromNow: number): string {
    const at = new Date(Date.now() + daysFromNow * 24 * 60 * 60 * 1000);
    return at.toISOString().replace(/[-:T]|\.\d+/g, "");
}
