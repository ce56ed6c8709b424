package main

import (
	"errors"
	"fmt"
	"os"

	"go.temporal.io/server/common/config"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/schema/sqlite"
)

// openDatabase makes the schema and the namespaces where they are missing. A database in memory gets its schema from
// the plugin when it is first connected to.
func openDatabase(opts options) (*config.SQL, error) {
	database := &config.SQL{
		PluginName:        sqliteplugin.PluginName,
		ConnectAttributes: connectAttributes(opts),
		DatabaseName:      opts.file,
	}
	if opts.file == "" {
		database.DatabaseName = fmt.Sprintf("temporal-server-%d", os.Getpid())
	} else if _, err := os.Stat(opts.file); errors.Is(err, os.ErrNotExist) {
		if err := sqlite.SetupSchema(database); err != nil {
			return nil, fmt.Errorf("schema in %s: %w", opts.file, err)
		}
	}
	return database, createNamespaces(database, opts)
}

func connectAttributes(opts options) map[string]string {
	attributes := map[string]string{"mode": "rwc"}
	if opts.file == "" {
		attributes = map[string]string{"mode": "memory", "cache": "shared"}
	}
	for name, value := range opts.pragmas {
		attributes["_"+name] = value
	}
	return attributes
}

func createNamespaces(database *config.SQL, opts options) error {
	namespaces := make([]*sqlite.NamespaceConfig, 0, len(opts.namespaces))
	for _, name := range opts.namespaces {
		namespace, err := sqlite.NewNamespaceConfig(clusterName, name, false, opts.searchAttributes)
		if err != nil {
			return fmt.Errorf("namespace %s: %w", name, err)
		}
		namespaces = append(namespaces, namespace)
	}
	if err := sqlite.CreateNamespaces(database, namespaces...); err != nil {
		return fmt.Errorf("namespaces %v: %w", opts.namespaces, err)
	}
	return nil
}
