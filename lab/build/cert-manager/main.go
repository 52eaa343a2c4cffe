// cert-manager's controller and its webhook in one process, with the issuers that the lab uses. The
// stock programs are no modules that a proxy serves, and they link the SDKs of clouds and vaults.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/cert-manager/cert-manager/internal/apis/config/shared"
	webhookconfig "github.com/cert-manager/cert-manager/internal/apis/config/webhook"
	"github.com/cert-manager/cert-manager/internal/webhook"
	"github.com/cert-manager/cert-manager/pkg/controller"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"golang.org/x/sync/errgroup"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/discovery"

	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/approver"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/ca"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/selfsigned"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/issuing"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/keymanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/readiness"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/requestmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/revisionmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/trigger"
	_ "github.com/cert-manager/cert-manager/pkg/controller/clusterissuers"
	_ "github.com/cert-manager/cert-manager/pkg/controller/issuers"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/ca"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/selfsigned"
)

// The libraries add flags of their own to the default set.
var (
	flags       = flag.NewFlagSet(os.Args[0], flag.ExitOnError)
	kubeconfig  = flags.String("kubeconfig", "", "path of a kubeconfig file")
	webhookPort = flags.Int("webhook-port", 10250, "port of the webhook")
	webhookCert = flags.String("webhook-cert", "", "path of the webhook's certificate")
	webhookKey  = flags.String("webhook-key", "", "path of the webhook's key")
)

func main() {
	_ = flags.Parse(os.Args[1:])
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	group, ctx := errgroup.WithContext(logf.NewContext(ctx, logf.Log))
	group.Go(func() error { return runWebhook(ctx) })
	group.Go(func() error { return runController(ctx) })
	if err := group.Wait(); err != nil {
		log.Fatal(err)
	}
}

func runWebhook(ctx context.Context) error {
	server, err := webhook.NewCertManagerWebhookServer(logf.FromContext(ctx), webhookconfig.WebhookConfiguration{
		KubeConfig:           *kubeconfig,
		SecurePort:           int32(*webhookPort),
		HealthzPort:          6080,
		MetricsListenAddress: "0",
		TLSConfig: shared.TLSConfig{
			Filesystem: shared.FilesystemServingConfig{CertFile: *webhookCert, KeyFile: *webhookKey},
		},
	})
	if err != nil {
		return err
	}
	return server.Run(ctx)
}

// runController runs all control loops that are linked, with the defaults of the stock program.
func runController(ctx context.Context) error {
	factory, err := controller.NewContextFactory(ctx, controller.ContextOptions{
		Kubeconfig:    *kubeconfig,
		IssuerOptions: controller.IssuerOptions{ClusterResourceNamespace: "cert-manager"},
		CertificateOptions: controller.CertificateOptions{
			CopiedAnnotationPrefixes: []string{
				"*",
				"-kubectl.kubernetes.io/",
				"-fluxcd.io/",
				"-argocd.argoproj.io/",
			},
			CertificateRequestMinimumBackoffDuration: time.Hour,
			CertificateRequestMaximumBackoffDuration: 32 * time.Hour,
		},
	})
	if err != nil {
		return err
	}
	shared, err := factory.Build()
	if err != nil {
		return err
	}
	if err := waitForDefinitions(ctx, shared.Client.Discovery()); err != nil {
		return err
	}
	loops, ctx := errgroup.WithContext(ctx)
	for _, construct := range controller.Known() {
		loop, err := construct(factory)
		if err != nil {
			return err
		}
		loops.Go(func() error { return loop.Run(5, ctx) })
	}
	shared.SharedInformerFactory.Start(ctx.Done())
	shared.KubeSharedInformerFactory.Start(ctx.Done())
	return loops.Wait()
}

// waitForDefinitions waits for the CRDs, which come after the API server: an informer that misses
// one tries again only after seconds.
func waitForDefinitions(ctx context.Context, api discovery.ServerResourcesInterface) error {
	return wait.PollUntilContextCancel(ctx, 200*time.Millisecond, true, func(context.Context) (bool, error) {
		list, err := api.ServerResourcesForGroupVersion("cert-manager.io/v1")
		if err != nil {
			return false, nil
		}
		served := sets.New[string]()
		for _, resource := range list.APIResources {
			served.Insert(resource.Name)
		}
		return served.HasAll("certificates", "certificaterequests", "clusterissuers", "issuers"), nil
	})
}
